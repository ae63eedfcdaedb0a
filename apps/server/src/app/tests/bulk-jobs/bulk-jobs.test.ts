import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Caller, type ConnectorScene, startConnectorScene } from '../../testing/connector-scene.ts'

/** Orders that a connector be disabled. */
async function order(
  scene: ConnectorScene,
  caller: Caller,
  { query = '', dry_run = false } = {},
): Promise<Readonly<Record<string, unknown>>> {
  const body = { connector_ids: [1], connector_state: 'Disabled', dry_run }
  const called = await scene.call(caller, `POST /v1/admin/connectors/bulk/${query}`, body)
  assert.equal(called.status, 200)
  return called.body
}

async function listed(scene: ConnectorScene, caller: Caller, query = '') {
  const { body } = await scene.call(caller, `GET /v1/admin/bulk/${query}`)
  const jobs = body['jobs'] as readonly Readonly<Record<string, unknown>>[]
  return { ids: jobs.map(({ bulk_id }) => bulk_id), total: body['total'] }
}

test('lists the jobs of the organisation acted on, the newest first, page by page', async () => {
  await using scene = await startConnectorScene()
  const { ann, viewer, root } = scene.callers
  const ids: unknown[] = []
  for (const query of ['', '', '?organisation=2']) {
    ids.unshift((await order(scene, query === '' ? ann : root, { query }))['bulk_id'])
    scene.server.clock.time += 1
  }
  assert.deepEqual(await listed(scene, ann), { ids: ids.slice(1), total: 2 })
  assert.deepEqual(await listed(scene, viewer), { ids: ids.slice(1), total: 2 })
  assert.deepEqual(await listed(scene, ann, '?page_size=1&page=2'), { ids: ids.slice(2), total: 2 })
  assert.deepEqual(await listed(scene, root, '?organisation=2'), { ids: ids.slice(0, 1), total: 1 })
})

test('lists those jobs alone that failed or failed in part, when asked to, and no dry runs', async () => {
  await using scene = await startConnectorScene()
  const { ann, root } = scene.callers
  const failing = await order(scene, ann)
  const dry = await order(scene, ann, { dry_run: true })
  await scene.server.runBulkJobs()
  await scene.addConnector({ user: scene.users[0] })
  const fine = await order(scene, ann)
  await order(scene, root, { query: '?organisation=2' })
  await scene.server.runBulkJobs()
  assert.deepEqual(await listed(scene, ann, '?failing=true'), { ids: [failing['bulk_id']], total: 1 })
  assert.equal((await listed(scene, ann, '?failing=false')).total, 3)
  const failedOf = async ({ progress_url }: Readonly<Record<string, unknown>>) =>
    (await scene.call(ann, `GET ${progress_url}`)).body['failed']
  assert.deepEqual([await failedOf(failing), await failedOf(dry), await failedOf(fine)], [1, 1, 0])
})

test('a job that was retried is failing no more: its retry is, as long as it fails', async () => {
  await using scene = await startConnectorScene()
  const { ann } = scene.callers
  const { progress_url } = await order(scene, ann)
  await scene.server.runBulkJobs()
  const retry = async (path: unknown) => (await scene.call(ann, `POST ${path}retry/`)).body
  const second = await retry(progress_url)
  assert.deepEqual(await listed(scene, ann, '?failing=true'), { ids: [], total: 0 })
  await scene.server.runBulkJobs()
  assert.deepEqual(await listed(scene, ann, '?failing=true'), { ids: [second['bulk_id']], total: 1 })
  await scene.addConnector({ user: scene.users[0] })
  await retry(second['progress_url'])
  await scene.server.runBulkJobs()
  assert.deepEqual(await listed(scene, ann, '?failing=true'), { ids: [], total: 0 })
})

test('shows a job and its results to those alone who may see what it is about', async () => {
  await using scene = await startConnectorScene()
  const { ann, viewer, shut, anonymous, root } = scene.callers
  const own = await order(scene, ann)
  const foreign = await order(scene, root, { query: '?organisation=2' })
  await scene.server.addUser({ username: 'auditor', email: 'a@example.org', password: 'a password', role: 'admin' })
  const auditor = await scene.server.bearer({ email: 'a@example.org', password: 'a password' })
  const outcomes = async (path: string) =>
    Promise.all(
      [ann, viewer, root, auditor, shut, anonymous].map(async (who) => (await scene.call(who, `GET ${path}`)).outcome),
    )
  const refused = ['403 access.flag_missing', '403 organisation.disabled', '401 sign_in.required']
  for (const url of ['progress_url', 'results_url']) {
    assert.deepEqual(await outcomes(`${own[url]}`), ['200', '200', '200', ...refused])
    const missing = '404 bulk_job.not_found'
    assert.deepEqual(await outcomes(`${foreign[url]}`), [missing, missing, '200', ...refused])
  }
  for (const id of ['00000000-0000-4000-8000-000000000000', 'nonsense']) {
    assert.equal((await scene.call(ann, `GET /v1/admin/bulk/${id}/`)).outcome, '404 bulk_job.not_found')
    assert.equal((await scene.call(ann, `POST /v1/admin/bulk/${id}/retry/`)).outcome, '404 bulk_job.not_found')
  }
  assert.equal((await scene.call(ann, `GET ${own['results_url']}?outcome=odd`)).outcome, '400 request.invalid')
  assert.equal((await scene.call(ann, `GET ${own['progress_url']}?wait=61`)).outcome, '400 request.invalid')
})

test('answers who waits when the job has ended, and what there is when the time is up', async () => {
  await using scene = await startConnectorScene()
  const { ann } = scene.callers
  await scene.addConnector({ user: scene.users[0] })
  const ordered = await order(scene, ann, { query: '?wait=1' })
  assert.equal(ordered['status'], 'InProgress')
  const waiting = scene.call(ann, `GET ${ordered['progress_url']}?wait=60`)
  await scene.server.runBulkJobs()
  const { body } = await waiting
  assert.deepEqual([body['status'], body['changed']], ['Finished', 1])
})
