import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientChanges } from '../../../features/permitted-clients/bulk/change-client-everywhere.ts'
import type { ClientAct } from '../../../features/permitted-clients/bulk/client-change-store.ts'
import { sqlClientChangeStore } from '../../../features/permitted-clients/bulk/client-changes.sql.ts'
import { orderClientChange } from '../../../features/permitted-clients/bulk/order-client-change.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { statement } from '../../../platform/database/statement.ts'
import { type TestDatabase, testDatabase } from '../../../platform/database/test-database.ts'
import { uuidSource } from '../../../platform/id-source.ts'
import { createLogger } from '../../../platform/telemetry/logger.ts'
import { wireBulkJobs } from '../../wiring/wire-bulk-jobs.ts'

const ROOT: Principal = {
  userId: '00000000-0000-4000-8000-000000000001',
  username: 'root',
  role: 'superadmin',
  flags: new Set(['allow_modify_clients']),
  homeOrganisation: 1,
  organisation: 1,
  via: 'token',
}

const ADD_ROOT = statement(
  'test.add-root-of-client-changes',
  'insert into app_user (id, organisation_id, username, role, flags) values ($1, 1, $2, $3, $4)',
)
const ADD_COMPANIES = statement(
  'test.add-companies',
  `insert into organisation (name, enabled) select gen_random_uuid(), n > 1 from generate_series(1, $1) n`,
)
const ADD_CLIENT = statement(
  'test.add-client',
  `insert into client_application (client_id, name, grant_types, token_endpoint_auth_method, created_at)
   values ($1, $1, '{authorization_code}', 'none', now())`,
)
const DELETE_CLIENT = statement('test.delete-client', 'delete from client_application where client_id = $1')
const SET_PERMITTED = statement(
  'test.set-permitted',
  'insert into permitted_client (organisation_id, client_id, is_permitted) values ($1, $2, $3)',
)
const STANDING = statement<{ readonly standing: string; readonly companies: number[] }>(
  'test.standing-of-client',
  `select case is_permitted when true then 'permitted' when false then 'available' else 'unknown' end as standing,
          array_agg(organisation.id order by organisation.id) as companies
   from organisation left join permitted_client on organisation_id = organisation.id and client_id = $1
   group by is_permitted`,
)
const RECORDS = statement<{ readonly action: string; readonly actor_name: string; readonly companies: number[] }>(
  'test.records-of-client',
  `select action, actor_name, array_agg(organisation_id order by id) as companies from audit_record
   where object_type = 'client' and object_id = $1 and task_id::text = $2 group by action, actor_name`,
)
const RESULTS = statement<{ readonly item_id: number; readonly error_code: string }>(
  'test.results-of-client-change',
  'select item_id, error_code from bulk_result where job_id = $1 order by item_id',
)
const ADD_REQUEST = statement(
  'test.add-client-request',
  `with asking as (
     insert into app_user (id, organisation_id, username) values (gen_random_uuid(), 1, 'ann') returning id, organisation_id)
   insert into client_request (organisation_id, client_id, user_id, requested_at)
   select organisation_id, 'app', id, now() from asking`,
)
const REQUESTS = statement('test.requests-to-permit', `select 1 from client_request where client_id = 'app'`)
const BREAK = statement(
  'test.break-company',
  `create function break_company() returns trigger language plpgsql as $$
   begin if new.organisation_id = 3 then raise exception 'It is broken.'; end if; return new; end $$`,
)
const BREAK_TRIGGER = statement(
  'test.break-company-trigger',
  'create trigger broken before insert on permitted_client for each row execute function break_company()',
)
const WAITING = statement<{ readonly waiting: number }>(
  'test.chunk-waits',
  `select count(*)::int as waiting from pg_stat_activity
   where datname = current_database() and wait_event_type = 'Lock' and query like '%await_new_organisations%'`,
)

/** Companies 1 to `companies`, of which the second is disabled, and the client `app`, which none of them knows. */
async function startScene(companies: number) {
  const test: TestDatabase = await testDatabase()
  const { db } = test
  await db.query(ADD_ROOT, [ROOT.userId, ROOT.username, ROOT.role, [...ROOT.flags]])
  const now = Date.parse('2026-01-01T00:00:00Z')
  const clock = {
    /** How long each look at it takes. */
    tickMs: 0,
    time: now,
    now() {
      this.time += this.tickMs
      return new Date(this.time)
    },
  }
  const bulkJobs = wireBulkJobs({
    database: db,
    clock,
    ids: uuidSource,
    logger: createLogger({ level: 'silent' }),
    enqueueRun: async () => undefined,
    holdModel: () => assert.fail(),
    requestPublication: () => undefined,
  })
  await db.query(ADD_COMPANIES, [companies - 1])
  await db.query(ADD_CLIENT, ['app'])
  const deps = { clientChanges: sqlClientChangeStore(db), bulk: bulkJobs.ordering }
  const order = async (act: ClientAct, { dryRun = false, caller = ROOT, clientId = 'app' } = {}) =>
    (await orderClientChange(deps, { caller, requestId: 'r1', change: { act, clientId }, dryRun })).id
  const run = (job: string) => bulkJobs.run(job, new AbortController().signal)
  const find = async (job: string) => {
    const { state, total, done, changed, failed, error } = (await bulkJobs.waiting.jobs.find(job)) ?? assert.fail()
    return { state, total, done, changed, failed, ...(error && { error: error.code }) }
  }
  return {
    db,
    clock,
    order,
    run,
    find,
    async perform(act: ClientAct, options: { readonly dryRun?: boolean } = {}) {
      const job = await order(act, options)
      await run(job)
      return { job, ...(await find(job)) }
    },
    async standing() {
      const rows = await db.query(STANDING, ['app'])
      return Object.fromEntries(rows.map(({ standing, companies }) => [standing, companies]))
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  }
}

test('add makes a client available everywhere, disabled companies included, and leaves what is permitted', async () => {
  await using scene = await startScene(5)
  await scene.db.query(SET_PERMITTED, [3, 'app', true])
  const { job, ...ended } = await scene.perform('add')
  assert.deepEqual(ended, { state: 'Finished', total: 5, done: 5, changed: 4, failed: 0 })
  assert.deepEqual(await scene.standing(), { available: [1, 2, 4, 5], permitted: [3] })
  assert.deepEqual(await scene.db.query(RECORDS, ['app', job]), [
    { action: 'permitted_client.add', actor_name: 'root', companies: [1, 2, 4, 5] },
  ])
})

test('permit permits it everywhere, whatever was set before', async () => {
  await using scene = await startScene(5)
  await scene.db.query(SET_PERMITTED, [2, 'app', false])
  await scene.db.query(SET_PERMITTED, [3, 'app', true])
  const { job, ...ended } = await scene.perform('permit')
  assert.deepEqual(ended, { state: 'Finished', total: 5, done: 5, changed: 4, failed: 0 })
  assert.deepEqual(await scene.standing(), { permitted: [1, 2, 3, 4, 5] })
  const [record] = await scene.db.query(RECORDS, ['app', job])
  assert.deepEqual(record?.companies, [1, 2, 4, 5])
})

test('permit settles what users had asked for, and add does not', async () => {
  await using scene = await startScene(2)
  await scene.db.query(ADD_REQUEST)
  await scene.perform('add')
  assert.equal((await scene.db.query(REQUESTS)).length, 1)
  await scene.perform('permit')
  assert.equal((await scene.db.query(REQUESTS)).length, 0)
})

test('remove takes it from everywhere, and leaves other clients', async () => {
  await using scene = await startScene(5)
  await scene.db.query(ADD_CLIENT, ['other'])
  await scene.db.query(SET_PERMITTED, [3, 'other', true])
  await scene.db.query(SET_PERMITTED, [3, 'app', true])
  await scene.db.query(SET_PERMITTED, [4, 'app', false])
  const { job, ...ended } = await scene.perform('remove')
  assert.deepEqual(ended, { state: 'Finished', total: 5, done: 5, changed: 2, failed: 0 })
  assert.deepEqual(await scene.standing(), { unknown: [1, 2, 3, 4, 5] })
  const [record] = await scene.db.query(RECORDS, ['app', job])
  assert.deepEqual(record?.companies, [3, 4])
  assert.equal((await scene.db.query(STANDING, ['other']))[0]?.standing, 'permitted')
})

test('a dry run counts what would change, and changes nothing', async () => {
  await using scene = await startScene(5)
  await scene.db.query(SET_PERMITTED, [2, 'app', false])
  await scene.db.query(SET_PERMITTED, [3, 'app', true])
  const before = await scene.standing()
  for (const [act, changed] of [
    ['add', 3],
    ['permit', 4],
    ['remove', 2],
  ] as const) {
    const { job, ...ended } = await scene.perform(act, { dryRun: true })
    assert.deepEqual(ended, { state: 'Finished', total: 5, done: 5, changed, failed: 0 }, act)
    assert.deepEqual(await scene.db.query(RECORDS, ['app', job]), [])
  }
  assert.deepEqual(await scene.standing(), before)
})

test('companies made while it is under way are included', async () => {
  const { chunk } = clientChanges
  await using scene = await startScene(chunk + 500)
  const job = await scene.order('permit')
  // The turn is over after the first chunk.
  scene.clock.tickMs = 4000
  await scene.run(job)
  assert.equal((await scene.find(job)).done, chunk)
  await scene.db.query(ADD_COMPANIES, [10])
  const all = chunk + 510
  scene.clock.tickMs = 0
  await scene.run(job)
  assert.deepEqual(await scene.find(job), { state: 'Finished', total: all, done: all, changed: all, failed: 0 })
  assert.equal((await scene.standing())['permitted']?.length, all)
})

test('waits for a company that is being made when one with a higher id is there already', async () => {
  await using scene = await startScene(2)
  const job = await scene.order('permit')
  const running = await scene.db.transaction(async (tx) => {
    await tx.query(ADD_COMPANIES, [1])
    await scene.db.query(ADD_COMPANIES, [1])
    let hasEnded = false
    const run = scene.run(job).finally(() => {
      hasEnded = true
    })
    while (!hasEnded && (await scene.db.query(WAITING))[0]?.waiting === 0);
    return { run }
  })
  await running.run
  assert.deepEqual(await scene.standing(), { permitted: [1, 2, 3, 4] })
})

test('a company where it fails is reported, and no other is kept from it', async () => {
  await using scene = await startScene(5)
  await scene.db.query(BREAK)
  await scene.db.query(BREAK_TRIGGER)
  const { job, ...ended } = await scene.perform('permit')
  assert.deepEqual(ended, { state: 'Finished', total: 5, done: 5, changed: 4, failed: 1 })
  assert.deepEqual(await scene.standing(), { permitted: [1, 2, 4, 5], unknown: [3] })
  assert.deepEqual(await scene.db.query(RESULTS, [job]), [{ item_id: 3, error_code: 'bulk_job.internal' }])
})

test('ends in error when the client is deleted before its end', async () => {
  await using scene = await startScene(5)
  const job = await scene.order('permit')
  await scene.db.query(DELETE_CLIENT, ['app'])
  await scene.run(job)
  const { state, done, error } = await scene.find(job)
  assert.deepEqual({ state, done, error }, { state: 'Error', done: 0, error: 'permitted_client.client_not_found' })
})

test('is for superadmins with allow_modify_clients, and for clients that there are', async () => {
  await using scene = await startScene(1)
  const refused = async (caller: Principal, code: string) =>
    assert.rejects(scene.order('add', { caller, clientId: 'none' }), { code })
  await refused({ ...ROOT, role: 'admin' }, 'organisation.superadmin_only')
  await refused({ ...ROOT, flags: new Set(['allow_modify_users']) }, 'access.flag_missing')
  await refused(ROOT, 'permitted_client.client_not_found')
})
