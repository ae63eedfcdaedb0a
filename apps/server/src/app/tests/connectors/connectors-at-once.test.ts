import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { type ConnectorScene, startConnectorScene } from '../../testing/connector-scene.ts'

/** From which state two admins cannot both do what they want, whoever comes first. */
const RIVALS: readonly (readonly [string, string, string])[] = [
  ['Disabled', 'Enabled', 'Enabled'],
  ['Disabled', 'Enabled', 'DELETE'],
  ['Disabled', 'Wipe', 'DELETE'],
  ['Disabled', 'DELETE', 'DELETE'],
  ['Enabled', 'Wipe', 'Wipe'],
  ['Pending', 'DELETE', 'DELETE'],
  ['Wiped', 'DELETE', 'DELETE'],
]

async function send(scene: ConnectorScene, caller: 'ann' | 'root', { id, act }: { id: number; act: string }) {
  const path = `/v1/admin/connectors/${id}/`
  const called =
    act === 'DELETE'
      ? await scene.call(scene.callers[caller], `DELETE ${path}`)
      : await scene.call(scene.callers[caller], `PUT ${path}`, { connector_state: act })
  return called.status
}

test('of two admins who act at once exactly one wins, and one record says so', async () => {
  await using scene = await startConnectorScene()
  for (const [state, one, other] of RIVALS) {
    for (let round = 0; round < 5; round += 1) {
      const id = await scene.addConnector({ user: scene.users[0], state })
      const statuses = await Promise.all([
        send(scene, 'ann', { id, act: one }),
        send(scene, 'root', { id, act: other }),
      ])
      const told = `${state}: ${one} and ${other}: ${statuses}`
      assert.equal(statuses.filter((status) => status === 200).length, 1, told)
      assert.ok(
        statuses.every((status) => [200, 404, 409].includes(status)),
        told,
      )
      assert.equal((await scene.auditOf(id)).length, 1, told)
    }
  }
})

const ENABLE = statement('test.enable-connector', `update connector set state = 'Enabled' where id = $1`)
const WAITING = statement<{ readonly waiting: number }>(
  'test.waiting-for-locks',
  `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
)

test('an act decided on a state that is gone by the time it is written is refused', async () => {
  await using scene = await startConnectorScene()
  const id = await scene.addConnector({ user: scene.users[0], state: 'Disabled' })
  const database = scene.server.database as Database
  const deleted = await database.transaction(async (tx) => {
    await tx.query(ENABLE, [id])
    const answer = scene.call(scene.callers.ann, `DELETE /v1/admin/connectors/${id}/`)
    while ((await database.query(WAITING))[0]?.waiting === 0) await delay(5)
    return { answer }
  })
  assert.equal((await deleted.answer).outcome, '409 connector.changed_meanwhile')
  assert.equal(await scene.stateOf(id), 'Enabled')
  assert.equal((await scene.auditOf(id)).length, 0)
})
