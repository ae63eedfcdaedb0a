import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Caller, type ConnectorScene, startConnectorScene } from '../../testing/connector-scene.ts'

interface Item {
  readonly connector_id: number
  readonly outcome: string
  readonly error?: string
}

async function change(scene: ConnectorScene, caller: Caller, body: object) {
  const called = await scene.call(caller, 'POST /v1/admin/connectors/bulk/', body)
  const results = (called.body['results'] ?? []) as readonly Item[]
  return {
    outcome: called.outcome,
    results: results.map(({ connector_id, outcome, error }) => `${connector_id} ${error ?? outcome}`),
    nextAfter: called.body['next_after'],
  }
}

test('does to each what can be done to it, and says of each what became of it', async () => {
  await using scene = await startConnectorScene()
  const [user, foreign, off] = scene.users
  const { ann, root } = scene.callers
  for (const state of ['Pending', 'Enabled', 'Disabled', 'Wipe', 'Wiped']) await scene.addConnector({ user, state })
  await scene.addConnector({ user: foreign })
  await scene.addConnector({ user: off })
  const connector_ids = [7, 6, 5, 4, 3, 2, 1, 99, 2]
  const disabled = await change(scene, ann, { connector_ids, connector_state: 'Disabled' })
  assert.deepEqual(disabled.results, [
    '7 organisation.other',
    '6 organisation.other',
    '5 connector.wrong_state',
    '4 connector.wrong_state',
    '3 unchanged',
    '2 changed',
    '1 connector.wrong_state',
    '99 connector.not_found',
  ])
  assert.equal((await scene.auditOf(2)).length, 1)
  assert.equal((await scene.auditOf(3)).length, 0)
  const deleted = await change(scene, root, { connector_ids: [1, 2, 3, 4, 5, 6, 7], delete: true })
  assert.deepEqual(deleted.results, [
    '1 deleted',
    '2 deleted',
    '3 deleted',
    '4 connector.wrong_state',
    '5 deleted',
    '6 connector.wrong_state',
    '7 organisation.target_disabled',
  ])
  assert.deepEqual(
    (await scene.auditOf(5)).map(({ action }) => action),
    ['connector.delete'],
  )
})

test('goes through all that match, a thousand at a time', async () => {
  await using scene = await startConnectorScene()
  const [user, foreign] = scene.users
  await scene.addConnector({ user: foreign })
  await Promise.all(Array.from({ length: 1050 }, () => scene.addConnector({ user, clientId: 'old' })))
  await scene.addConnector({ user, clientId: 'new' })
  const filter = { client_id: 'old' }
  const first = await change(scene, scene.callers.ann, { filter, connector_state: 'Wipe' })
  assert.deepEqual([first.results.length, first.nextAfter], [1000, 1001])
  const after = { ...filter, after: first.nextAfter }
  const rest = await change(scene, scene.callers.ann, { filter: after, connector_state: 'Wipe' })
  assert.deepEqual([rest.results.length, rest.nextAfter], [50, undefined])
  const all = [...first.results, ...rest.results]
  assert.ok(all.every((result) => result.endsWith(' changed')))
  assert.equal(await scene.stateOf(1), 'Enabled')
  assert.equal(await scene.stateOf(1052), 'Enabled')
  assert.equal((await scene.auditOf(1051)).length, 1)
})

test('refuses who may not, and what is not one order', async () => {
  await using scene = await startConnectorScene()
  const { ann, viewer, shut, anonymous } = scene.callers
  const id = await scene.addConnector({ user: scene.users[0] })
  const ids = { connector_ids: [id] }
  const order = { ...ids, connector_state: 'Disabled' }
  const outcome = async (caller: Caller, body: object) => (await change(scene, caller, body)).outcome
  assert.equal(await outcome(anonymous, order), '401 sign_in.required')
  assert.equal(await outcome(viewer, order), '403 access.flag_missing')
  assert.equal(await outcome(shut, order), '403 organisation.disabled')
  assert.equal(await outcome(ann, { ...order, filter: {} }), '400 connector_bulk.bad_selection')
  assert.equal(await outcome(ann, { delete: true }), '400 connector_bulk.bad_selection')
  assert.equal(await outcome(ann, ids), '400 connector_bulk.bad_act')
  assert.equal(await outcome(ann, { ...order, delete: true }), '400 connector_bulk.bad_act')
  assert.equal(await outcome(ann, { ...ids, connector_state: 'Wiped' }), '400 connector.bad_state')
  const tooMany = Array.from({ length: 1001 }, (_, index) => index + 1)
  for (const connector_ids of [tooMany, [], ['1'], [0], [1.5]]) {
    assert.equal(await outcome(ann, { connector_ids, delete: true }), '400 request.invalid')
  }
  assert.equal(await scene.stateOf(id), 'Enabled')
})
