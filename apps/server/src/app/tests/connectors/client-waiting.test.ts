import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { startClientScene } from '../../testing/client-server.ts'

const SET_USER = statement('test.switch-waiting-user', `update app_user set enabled = $1 where username = 'ann'`)
const LISTENERS = statement<{ total: number }>(
  'test.end-listeners',
  `select count(pg_terminate_backend(pid))::int as total from pg_stat_activity
   where datname = current_database() and query like 'listen%'`,
)

test('who waits on one node hears within a second of a change made elsewhere', async () => {
  await using scene = await startClientScene()
  await using one = await scene.startNode()
  await using two = await scene.startNode()
  const { id, secret } = await one.logIn()
  const waiting = [one, two].map((node) => node.call('GET /v1/client/status/?wait=60', { secret }))
  // Answered after those that were sent before it, so they wait by now.
  await Promise.all([one, two].map((node) => node.call('GET /v1/client/status/', { secret })))
  const startedAt = performance.now()
  await scene.setState(id, 'Wipe')
  for (const { body } of await Promise.all(waiting)) {
    assert.deepEqual(body, { connector_id: id, connector_state: 'Wipe', order: 'wipe' })
  }
  assert.ok(performance.now() - startedAt < 1000)
})

test('a locked client that says so waits for being unlocked; one that does not is told at once', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { id, secret } = await node.logIn()
  await scene.setState(id, 'Disabled')
  const told = await node.call('GET /v1/client/status/?wait=60', { secret })
  assert.equal(told.body['order'], 'locked')
  const waiting = node.call('GET /v1/client/status/?wait=60&known_state=Disabled', { secret })
  await node.call('GET /v1/client/status/', { secret })
  await scene.setState(id, 'Enabled')
  assert.equal((await waiting).body['connector_state'], 'Enabled')
})

test('who waits hears of their user being disabled, and of the connector being deleted', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.logIn()
  const locked = node.call('GET /v1/client/status/?wait=60', { secret })
  await node.call('GET /v1/client/status/', { secret })
  await scene.database.query(SET_USER, [false])
  assert.equal((await locked).body['order'], 'locked')
  await scene.database.query(SET_USER, [true])
  const gone = node.call('GET /v1/client/status/?wait=60', { secret })
  await node.call('POST /v1/client/logout/', { secret })
  assert.equal((await gone).problem, '401 connector.not_known')
})

test('a change is found although the notice of it was lost', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { id, secret } = await node.logIn()
  const waiting = node.call('GET /v1/client/status/?wait=60', { secret })
  await node.call('GET /v1/client/status/', { secret })
  assert.ok(((await scene.database.query(LISTENERS))[0]?.total ?? 0) > 0)
  await scene.setState(id, 'Wipe')
  assert.equal((await waiting).body['order'], 'wipe')
})

test('waiting ends when the time is up, or the server drains, with the state as it is', async () => {
  await using scene = await startClientScene()
  const node = await scene.startNode()
  const { id, secret } = await node.logIn()
  const same = { connector_id: id, connector_state: 'Enabled', order: 'none' }
  assert.deepEqual((await node.call('GET /v1/client/status/?wait=1', { secret })).body, same)
  assert.equal((await node.call('GET /v1/client/status/?wait=61', { secret })).problem, '400 request.invalid')
  const waiting = node.call('GET /v1/client/status/?wait=60', { secret })
  await node.call('GET /v1/client/status/', { secret })
  await node.server.drain({ graceMs: 10_000 })
  assert.deepEqual((await waiting).body, same)
  await node[Symbol.asyncDispose]()
})

test('a client that goes away is waited for no longer', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.logIn()
  const gone = new AbortController()
  const waiting = node.call('GET /v1/client/status/?wait=60', { secret, signal: gone.signal })
  await node.call('GET /v1/client/status/', { secret })
  gone.abort()
  await assert.rejects(waiting)
  // Draining waits for what is in flight: nothing is.
  await node.server.drain({ graceMs: 60_000 })
})
