import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'

interface Job {
  readonly bulk_id: string
  readonly status: string
  readonly total: number
  readonly done: number
  readonly changed: number
  readonly failed: number
  readonly progress_url: string
  readonly results_url: string
  readonly retry_of?: string
}

interface Result {
  readonly entity_id: string
  readonly entity_name: string
  readonly outcome: string
  readonly error?: string
}

const RECORDS = statement<{ action: string; username: string; task: string; request: string }>(
  'test.records-of-user-job',
  `select action, details ->> 'username' as username, task_id::text as task, request_id as request from audit_record
   where details ->> 'bulkJob' = $1 order by id`,
)
const ORDER = statement<{ request: string; details: Readonly<Record<string, unknown>> }>(
  'test.order-of-user-job',
  `select request_id as request, details from audit_record where action = 'bulk_job.order' and object_id = $1`,
)
const ADD_SESSION = statement(
  'test.add-session-of-user',
  `insert into session (id, user_id, token_hash, created_at, last_seen_at, authenticated_at, expires_at)
   values (gen_random_uuid(), $1, sha256($2::uuid::text::bytea), now(), now(), now(), now() + interval '1 hour')`,
)
const ADD_ORGANISATION = statement<{ organisation: number }>(
  'test.add-organisation-of-user',
  "insert into organisation (name) values ('elsewhere') returning id as organisation",
)
const SESSIONS = statement<{ count: number }>(
  'test.sessions-of-user',
  'select count(*)::int as count from session where user_id = $1',
)

describe('many users are switched', () => {
  let server: ModelServer
  let boss: ApiClient
  before(async () => {
    server = await startModelServer()
    boss = await server.signIn({ role: 'superadmin', flags: ['allow_modify_users', 'allow_modify_admins'] })
  })
  after(() => server[Symbol.asyncDispose]())

  async function order(caller: ApiClient, body: object): Promise<Job> {
    const reply = await caller.send('POST /v1/admin/users/bulk/', { '': body })
    assert.equal(reply.status, 200, reply.text)
    return JSON.parse(reply.text)
  }

  /** Orders it, has it done, and answers what became of each. */
  async function perform(caller: ApiClient, body: object) {
    const ordered = await order(caller, body)
    await server.runBulkJobs()
    return ended(caller, ordered)
  }

  async function ended(caller: ApiClient, { progress_url, results_url }: Job) {
    const job: Job = JSON.parse((await caller.send(`GET ${progress_url}`)).text)
    const { results }: { results: readonly Result[] } = JSON.parse((await caller.send(`GET ${results_url}`)).text)
    return {
      job,
      counts: [job.status, job.total, job.done, job.changed, job.failed].join(' '),
      outcomes: results.map(({ entity_name, outcome, error }) => `${entity_name} ${error ?? outcome}`),
      results,
    }
  }

  async function isEnabled(id: string): Promise<boolean> {
    return (await server.root.get(`/api/users/${id}`))['enabled'] === 'true'
  }

  async function sessionsOf(id: string): Promise<number | undefined> {
    return (await server.database.query(SESSIONS, [id]))[0]?.count
  }

  async function makeSome(...usernames: readonly string[]): Promise<readonly string[]> {
    const ids: string[] = []
    for (const username of usernames) ids.push(await makeUser(server.root, username))
    return ids
  }

  test('each as if they were the only one, with a revision, a task and an audit record of their own', async () => {
    const [one = '', two = '', off = ''] = await makeSome('one', 'two', 'off')
    await server.root.change(`PUT /api/users/${off}/disable`)
    await server.database.query(ADD_SESSION, [two, randomUUID()])
    assert.equal(await sessionsOf(two), 1)
    const head = await server.head()
    const { job, counts, outcomes, results } = await perform(boss, { user_ids: [two, off, one, two], enabled: false })
    assert.deepEqual(outcomes, ['one changed', 'two changed', 'off unchanged'])
    assert.deepEqual(
      results.map(({ entity_id }) => entity_id),
      [one, two, off],
    )
    assert.equal(counts, 'Finished 3 3 2 0')
    assert.deepEqual([await isEnabled(one), await isEnabled(two)], [false, false])
    assert.equal(await sessionsOf(two), 0)
    assert.equal(await server.head(), head + 2)
    const records = await server.database.query(RECORDS, [job.bulk_id])
    const [ordered] = await server.database.query(ORDER, [job.bulk_id])
    assert.deepEqual(
      records.map(({ action, username, request }) => [action, username, request]),
      ['one', 'two'].map((username) => ['user.disable', username, ordered?.request]),
    )
    const task = await boss.get(`/api/task/${records[1]?.task}`)
    assert.deepEqual([task['type'], task['state'], task['revision']], ['user.disable', 'COMPLETED', String(head + 2)])
    const { outcomes: back } = await perform(boss, { user_ids: [one, two], enabled: true })
    assert.deepEqual(back, ['one changed', 'two changed'])
    assert.equal(await isEnabled(two), true)
  })

  test('and are out of the published files at once', async () => {
    const ids = await makeSome('reader-1', 'reader-2')
    await makeRepository(server.root, 'charts')
    const team = await makeTeam(server.root, 'Readers')
    await join(server.root, team, ids)
    const resource = await makeResource(server.root, { team, repository: 'charts' })
    await makeRule(server.root, { team, name: 'reading', members: ids, permissions: [{ resource, type: 'READ' }] })
    const file = async () => {
      await server.published()
      return readFile(joinPath(server.authzDir, 'charts.authz'), 'utf8')
    }
    assert.match(await file(), /reader-2/)
    await perform(boss, { user_ids: ids, enabled: false })
    assert.doesNotMatch(await file(), /reader-/)
  })

  test('all that match, however many chunks that takes, of those there were when it was ordered', async () => {
    const api = server.root
    await Promise.all(Array.from({ length: 130 }, (_, index) => makeUser(api, `crew-${index}`)))
    const [admin = ''] = await makeSome('crew-admin')
    await boss.send(`PUT /api/users/${admin}/admin`, { '': { role: 'admin', flags: [] } })
    const ordered = await order(boss, { filter: { search: 'CREW-', role: 'user', enabled: true }, enabled: false })
    assert.equal(ordered.total, 130)
    const [late = ''] = await makeSome('crew-late')
    await server.runBulkJobs()
    assert.equal((await ended(boss, ordered)).counts, 'Finished 130 130 130 0')
    assert.deepEqual([await isEnabled(late), await isEnabled(admin)], [true, true])
    assert.equal((await api.list('/api/users?search=crew-&enabled=false')).total, 130)
    const [record] = await server.database.query(ORDER, [ordered.bulk_id])
    assert.deepEqual(
      { kind: record?.details['kind'], enabled: record?.details['enabled'], filter: record?.details['filter'] },
      { kind: 'users', enabled: false, filter: { search: 'CREW-', role: 'user', enabled: true } },
    )
  })

  test('as far as whoever ordered it may: neither themselves nor admins above them, nor the last superadmin', async () => {
    const [plain = '', admin = ''] = await makeSome('plain', 'an-admin')
    await boss.send(`PUT /api/users/${admin}/admin`, { '': { role: 'admin', flags: ['allow_modify_users'] } })
    const modifier = await server.signIn({ role: 'admin', flags: ['allow_modify_users'] })
    const appointer = await server.signIn({ role: 'admin', flags: ['allow_modify_admins'] })
    const outcomesOf = async (caller: ApiClient, ids: readonly string[]) =>
      (await perform(caller, { user_ids: ids, enabled: false })).results.map(({ error, outcome }) => error ?? outcome)
    assert.deepEqual(await outcomesOf(modifier, [plain, admin, modifier.userId]), [
      'changed',
      'access.flag_missing',
      'access.flag_missing',
    ])
    assert.deepEqual(await outcomesOf(appointer, [boss.userId, plain, admin, appointer.userId]), [
      'admin.superadmin_only',
      'unchanged',
      'changed',
      'admin.own_last_right',
    ])
    assert.equal(await isEnabled(boss.userId), true)
  })

  test('in a dry run says the same and changes nothing', async () => {
    const [id = ''] = await makeSome('dry')
    const head = await server.head()
    const body = { user_ids: [id, boss.userId], enabled: false }
    const dry = await perform(boss, { ...body, dry_run: true })
    assert.deepEqual(dry.outcomes.toSorted(), [`caller ${boss.userId} admin.own_last_right`, 'dry changed'])
    assert.deepEqual([await isEnabled(id), await server.head()], [true, head])
    assert.deepEqual(await server.database.query(RECORDS, [dry.job.bulk_id]), [])
    const done = await perform(boss, body)
    assert.deepEqual([done.outcomes, done.counts], [dry.outcomes, dry.counts])
    assert.equal(await isEnabled(id), false)
  })

  test('again where it failed, and nobody else', async () => {
    const [good = '', bad = ''] = await makeSome('good', 'bad')
    await boss.send(`PUT /api/users/${bad}/admin`, { '': { role: 'admin', flags: ['allow_modify_users'] } })
    const modifier = await server.signIn({ role: 'admin', flags: ['allow_modify_users'] })
    const { job } = await perform(modifier, { user_ids: [good, bad], enabled: false })
    await server.root.change(`PUT /api/users/${good}/enable`)
    const second: Job = JSON.parse((await boss.send(`POST ${job.progress_url}retry/`)).text)
    assert.equal(second.retry_of, job.bulk_id)
    await server.runBulkJobs()
    assert.deepEqual((await ended(boss, second)).outcomes, ['bad changed'])
    assert.equal(await isEnabled(good), true)
  })

  test('after what was queued for the model before', async () => {
    const queued = await server.root.change(
      'POST /api/users',
      { user: { username: 'queued' } },
      { prefer: 'respond-async' },
    )
    const [id = ''] = await makeSome('after-the-queue')
    await server.root.change(`PUT /api/users/${id}/disable`, undefined, { prefer: 'respond-async' })
    assert.deepEqual((await perform(boss, { user_ids: [id], enabled: false })).outcomes, ['after-the-queue unchanged'])
    assert.equal((await server.root.get(`/api/task/${queued.taskId}`))['state'], 'COMPLETED')
  })

  test('only by who may change some user, and only those of the organisation', async () => {
    const [id = ''] = await makeSome('theirs')
    const post = 'POST /v1/admin/users/bulk/'
    const send = async (caller: ApiClient, body: object) => {
      const reply = await caller.send(post, { '': body })
      return `${reply.status} ${JSON.parse(reply.text)['error']}`
    }
    const body = { user_ids: [id], enabled: false }
    const viewer = await server.signIn({ role: 'admin', flags: ['allow_view_users'] })
    assert.equal(await send(viewer, body), '403 access.flag_missing')
    assert.equal(await send(server.anonymous, body), '401 sign_in.required')
    const [{ organisation = 0 } = {}] = await server.database.query(ADD_ORGANISATION)
    const foreigner = await server.signIn({ organisation })
    for (const missing of [randomUUID(), foreigner.userId]) {
      assert.equal(await send(boss, { user_ids: [id, missing], enabled: false }), '404 user_bulk.unknown_users')
    }
    assert.equal(await send(boss, { enabled: false }), '400 user_bulk.bad_selection')
    assert.equal(await send(boss, { ...body, filter: {} }), '400 user_bulk.bad_selection')
    assert.equal(await send(boss, { user_ids: [id] }), '400 request.invalid')
    assert.equal(await send(boss, { filter: { role: 'boss' }, enabled: false }), '400 request.invalid')
    const { progress_url } = await order(boss, body)
    assert.equal((await viewer.send(`GET ${progress_url}`)).status, 200)
  })
})
