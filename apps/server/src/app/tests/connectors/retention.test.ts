import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { startConnectorScene } from '../../testing/connector-scene.ts'
import { startModelServer } from '../../testing/model-server.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const KEEP = statement('test.keep-connectors', 'update organisation set connector_retention_period = $2 where id = $1')
const DELETE_USER = statement('test.delete-user', 'delete from app_user where id = $1')
const DELETE_ORGANISATION = statement('test.delete-organisation', 'delete from organisation where id = $1')
const OWNERS = statement<{ readonly owner: string; readonly on_delete: string }>(
  'test.owners-of-connectors',
  `select confrelid::regclass::text as owner, confdeltype::text as on_delete from pg_constraint
   where conrelid = 'connector'::regclass and contype = 'f' order by 1`,
)
const ORDER_WIPE = statement(
  'test.order-wipe',
  `update connector set state = 'Wipe', wipe_ordered_at = now() where id = $1`,
)

test('deletes registrations unused for longer than their organisation keeps them, and nothing else', async () => {
  await using scene = await startConnectorScene()
  const { server, users } = scene
  const [user, foreign] = users
  await server.database.query(KEEP, [2, 30])
  const now = server.clock.time
  const ago = (days: number) => ({ createdAt: new Date(now - 400 * DAY_MS), lastUsedAt: new Date(now - days * DAY_MS) })
  const kept = [
    await scene.addConnector({ user, ...ago(90) }),
    await scene.addConnector({ user: foreign, ...ago(30) }),
    await scene.addConnector({ user, ...ago(399), createdBy: 'login' }),
    await scene.addConnector({ user, ...ago(399), state: 'Wipe' }),
    await scene.addConnector({ user, createdAt: new Date(now - 90 * DAY_MS) }),
  ]
  const swept = [
    await scene.addConnector({ user, ...ago(91) }),
    await scene.addConnector({ user: foreign, ...ago(31) }),
    await scene.addConnector({ user, ...ago(91), state: 'Disabled' }),
    await scene.addConnector({ user, ...ago(91), state: 'Wiped' }),
    await scene.addConnector({ user, createdAt: new Date(now - 91 * DAY_MS), state: 'Pending' }),
  ]
  assert.equal(await server.connectors.deleteUnused(), 5)
  for (const id of kept) assert.ok(await scene.stateOf(id), `kept ${id}`)
  for (const id of swept) assert.equal(await scene.stateOf(id), undefined, `swept ${id}`)
  const [record] = await scene.auditOf(swept[1] ?? 0)
  assert.deepEqual(record, {
    action: 'connector.expire',
    actor_name: 'portreeve',
    organisation_id: 2,
    details: { user: foreign, before: 'Enabled', lastUsedAt: ago(31).lastUsedAt.toISOString(), periodDays: 30 },
  })
  server.clock.time += 1
  assert.equal(await server.connectors.deleteUnused(), 3)
  assert.equal(await scene.stateOf(kept[3] ?? 0), 'Wipe')
})

test('an order to wipe that is being given while the sweep runs is kept', async () => {
  await using scene = await startConnectorScene()
  const { server, users } = scene
  const id = await scene.addConnector({ user: users[0], createdAt: new Date(server.clock.time - 91 * DAY_MS) })
  const database = server.database as Database
  await database.transaction(async (tx) => {
    await tx.query(ORDER_WIPE, [id])
    assert.equal(await server.connectors.deleteUnused(), 0)
  })
  assert.equal(await server.connectors.deleteUnused(), 0)
  assert.equal(await scene.stateOf(id), 'Wipe')
})

test('deletes more than fit into one transaction', async () => {
  await using scene = await startConnectorScene()
  const { server, users } = scene
  const unused = { user: users[0], createdAt: new Date(server.clock.time - 91 * DAY_MS) }
  await Promise.all(Array.from({ length: 1100 }, () => scene.addConnector(unused)))
  assert.equal(await server.connectors.deleteUnused(), 1100)
  assert.equal(await server.connectors.deleteUnused(), 0)
})

test('a user or an organisation with a connector is not deleted: an order to wipe would go with them', async () => {
  await using scene = await startConnectorScene()
  const { database } = scene.server
  const id = await scene.addConnector({ user: scene.users[1], state: 'Wipe' })
  await assert.rejects(database.query(DELETE_USER, [scene.users[1]]), { constraint: 'connector_user_id_fkey' })
  await assert.rejects(database.query(DELETE_ORGANISATION, [2]), { code: '23503' })
  assert.deepEqual(await database.query(OWNERS), [
    { owner: 'app_user', on_delete: 'r' },
    { owner: 'organisation', on_delete: 'r' },
  ])
  assert.equal(await scene.stateOf(id), 'Wipe')
})

test('no operation deletes a user or an organisation', async () => {
  await using server = await startModelServer()
  const deletions = server.routes.filter(({ method }) => method === 'DELETE').map(({ url }) => url.replace(/\/$/, ''))
  assert.ok(deletions.includes('/v1/admin/connectors/{connector_id}'))
  for (const url of deletions) assert.doesNotMatch(url, /^\/(api\/users|v1\/admin\/(users|organisations))\/\{\w+\}$/)
})
