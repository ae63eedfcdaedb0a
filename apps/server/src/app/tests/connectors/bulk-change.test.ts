import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { type Caller, type ConnectorScene, startConnectorScene } from '../../testing/connector-scene.ts'

interface Item {
  readonly item_id: number
  readonly outcome: string
  readonly error?: string
}

const RECORDS = statement<{ readonly action: string; readonly actor_name: string; readonly request_id: string }>(
  'test.records-of-bulk-job',
  `select action, actor_name, request_id from audit_record where object_id = $1 or task_id::text = $1 order by id`,
)

/** Orders it, has it done, and answers what became of each. */
async function change(scene: ConnectorScene, caller: Caller, body: object) {
  const called = await scene.call(caller, 'POST /v1/admin/connectors/bulk/', body)
  await scene.server.runBulkJobs()
  return { outcome: called.outcome, ...(called.status === 200 && (await ended(scene, caller, called.body))) }
}

async function ended(scene: ConnectorScene, caller: Caller, ordered: Readonly<Record<string, unknown>>) {
  const { body: job } = await scene.call(caller, `GET ${ordered['progress_url']}`)
  return { job, results: await results(scene, caller, `${ordered['results_url']}`) }
}

async function results(scene: ConnectorScene, caller: Caller, url: string): Promise<readonly string[]> {
  const { body } = await scene.call(caller, `GET ${url}`)
  return (body['results'] as readonly Item[]).map(({ item_id, outcome, error }) => `${item_id} ${error ?? outcome}`)
}

function counts({ status, total, done, changed, failed }: Readonly<Record<string, unknown>> = {}) {
  return { status, total, done, changed, failed }
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
    '1 connector.wrong_state',
    '2 changed',
    '3 unchanged',
    '4 connector.wrong_state',
    '5 connector.wrong_state',
    '6 organisation.other',
    '7 organisation.other',
    '99 connector.not_found',
  ])
  assert.deepEqual(counts(disabled.job), { status: 'Finished', total: 8, done: 8, changed: 1, failed: 6 })
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

test('goes through all that match, however many, of those there were when it was ordered', async () => {
  await using scene = await startConnectorScene()
  const [user, foreign] = scene.users
  const { ann } = scene.callers
  await scene.addConnector({ user: foreign, clientId: 'old' })
  await Promise.all(Array.from({ length: 1050 }, () => scene.addConnector({ user, clientId: 'old' })))
  await scene.addConnector({ user, clientId: 'new' })
  const filter = { client_id: 'old', last_used_before: new Date(scene.server.clock.time + 1).toISOString() }
  const called = await scene.call(ann, 'POST /v1/admin/connectors/bulk/', { filter, connector_state: 'Wipe' })
  assert.deepEqual(counts(called.body), { status: 'InProgress', total: 1050, done: 0, changed: 0, failed: 0 })
  const late = await scene.addConnector({ user, clientId: 'old' })
  await scene.server.runBulkJobs()
  const { job, results: first } = await ended(scene, ann, called.body)
  assert.deepEqual(counts(job), { status: 'Finished', total: 1050, done: 1050, changed: 1050, failed: 0 })
  const last = await results(scene, ann, `${called.body['results_url']}?page=11&outcome=changed`)
  assert.deepEqual([first.length, first[0], last.length, last.at(-1)], [100, '2 changed', 50, '1051 changed'])
  for (const id of [1, 1052, late]) assert.equal(await scene.stateOf(id), 'Enabled')
  assert.equal((await scene.auditOf(1051)).length, 1)
})

test('a dry run says the same and changes nothing', async () => {
  await using scene = await startConnectorScene()
  const { ann } = scene.callers
  const id = await scene.addConnector({ user: scene.users[0] })
  const gone = await scene.addConnector({ user: scene.users[0], state: 'Pending' })
  const order = { connector_ids: [id, gone], connector_state: 'Disabled' }
  const dry = await change(scene, ann, { ...order, dry_run: true })
  assert.deepEqual(dry.results, [`${id} changed`, `${gone} connector.wrong_state`])
  assert.equal(await scene.stateOf(id), 'Enabled')
  assert.equal((await scene.auditOf(id)).length, 0)
  const done = await change(scene, ann, order)
  assert.deepEqual([done.results, counts(done.job)], [dry.results, counts(dry.job)])
  assert.equal(await scene.stateOf(id), 'Disabled')
})

test('says in the audit record of each which job changed it, and of the job who ordered it', async () => {
  await using scene = await startConnectorScene()
  const id = await scene.addConnector({ user: scene.users[0] })
  const { job } = await change(scene, scene.callers.ann, { connector_ids: [id], connector_state: 'Disabled' })
  const records = await scene.server.database.query(RECORDS, [job?.['bulk_id']])
  assert.deepEqual(records, [
    { action: 'bulk_job.order', actor_name: 'ann', request_id: records[0]?.request_id },
    { action: 'connector.change', actor_name: 'ann', request_id: records[0]?.request_id },
  ])
})

test('retries as a new job what failed, and nothing else', async () => {
  await using scene = await startConnectorScene()
  const { ann, viewer } = scene.callers
  const [good, bad, gone] = [
    await scene.addConnector({ user: scene.users[0] }),
    await scene.addConnector({ user: scene.users[0], state: 'Pending' }),
    99,
  ]
  const first = await scene.call(ann, 'POST /v1/admin/connectors/bulk/', {
    connector_ids: [good, bad, gone],
    connector_state: 'Disabled',
  })
  const retry = `POST ${first.body['progress_url']}retry/`
  assert.equal((await scene.call(ann, retry)).outcome, '409 bulk_job.in_progress')
  await scene.server.runBulkJobs()
  await scene.setState(good, 'Enabled')
  await scene.setState(bad, 'Enabled')
  assert.equal((await scene.call(viewer, retry)).outcome, '403 access.flag_missing')
  const second = await scene.call(ann, retry)
  assert.equal(second.body['retry_of'], first.body['bulk_id'])
  await scene.server.runBulkJobs()
  const { job, results: retried } = await ended(scene, ann, second.body)
  assert.deepEqual(retried, [`${bad} changed`, `${gone} connector.not_found`])
  assert.deepEqual(counts(job), { status: 'Finished', total: 2, done: 2, changed: 1, failed: 1 })
  assert.equal(await scene.stateOf(good), 'Enabled')
  const fine = await change(scene, ann, { connector_ids: [good], connector_state: 'Disabled' })
  const again = await scene.call(ann, `POST ${fine.job?.['progress_url']}retry/`)
  assert.equal(again.outcome, '409 bulk_job.nothing_failed')
})

test('retrying a wipe takes a fresh sign-in as ordering it does', async () => {
  await using scene = await startConnectorScene()
  const id = await scene.addConnector({ user: scene.users[0], state: 'Pending' })
  const { job } = await change(scene, scene.callers.ann, { connector_ids: [id], connector_state: 'Wipe' })
  scene.server.clock.time += 10 * 60_000 + 1
  const retried = await scene.call(scene.callers.ann, `POST ${job?.['progress_url']}retry/`)
  assert.equal(retried.outcome, '403 sign_in.reauthenticate')
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
