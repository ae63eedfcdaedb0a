import { wireBulkJobs } from '../../apps/server/src/app/wiring/wire-bulk-jobs.ts'
import {
  CLIENT_ACTS,
  type ClientAct,
} from '../../apps/server/src/features/permitted-clients/bulk/client-change-store.ts'
import { sqlClientChangeStore } from '../../apps/server/src/features/permitted-clients/bulk/client-changes.sql.ts'
import { orderClientChange } from '../../apps/server/src/features/permitted-clients/bulk/order-client-change.ts'
import { systemClock } from '../../apps/server/src/kernel/clock.ts'
import { uuidSource } from '../../apps/server/src/platform/id-source.ts'
import { createLogger } from '../../apps/server/src/platform/telemetry/logger.ts'
import { type BenchDatabase, startBenchDatabase } from '../harness/bench-database.ts'
import { type Benchmark, type Findings, ms, type Result } from '../harness/benchmark.ts'
import { interleave, timed } from '../harness/interleave.ts'
import { sampleAdmin } from '../harness/sample-admin.ts'

const COMPANIES = 100_000
const ROUNDS = { rounds: 5, warmUps: 1 }
const CLIENT = 'app'

/** A client brought to every company, or taken from it: a job in chunks, which a crash only delays. */
export const bulkClients: Benchmark = {
  name: 'bulk-clients',
  title: `a client at all of ${COMPANIES.toLocaleString('en')} companies`,
  async run(): Promise<Findings> {
    await using bench = await startBenchDatabase()
    await seed(bench)
    const runJob = jobRunner(bench)
    const results: Result[] = []
    for (const act of CLIENT_ACTS) {
      const round = async (work: () => Promise<unknown>): Promise<number> => {
        await prepare(bench, act)
        return await timed(work)
      }
      const times = await interleave(
        {
          ours: () => round(() => runJob(act)),
          plain: () => round(() => bench.pool.query(PLAIN[act])),
          recorded: () => round(() => bench.pool.query(recorded(act))),
        },
        ROUNDS,
      )
      const line = { what: act, ours: ms(times.ours) }
      results.push(
        { ...line, peer: { name: 'one statement, with its audit records', ...ms(times.recorded) }, goal: GOAL },
        { ...line, peer: { name: 'one statement that tells nobody', ...ms(times.plain) } },
      )
    }
    return { results, notes: [] }
  },
}

const orderer = { ...sampleAdmin, role: 'superadmin' } as const

const GOAL = { kind: 'at most', value: 1.5, of: 'ratio' } as const

/** What it comes to, in one statement each. */
const PLAIN: Readonly<Record<ClientAct, string>> = {
  add: `insert into permitted_client (organisation_id, client_id) select id, '${CLIENT}' from organisation
    on conflict do nothing`,
  permit: `insert into permitted_client (organisation_id, client_id, is_permitted) select id, '${CLIENT}', true
    from organisation on conflict (organisation_id, client_id) do update set is_permitted = true`,
  remove: `delete from permitted_client where client_id = '${CLIENT}'`,
}

function recorded(act: ClientAct): string {
  return `with changed as (${PLAIN[act]} returning organisation_id)
    insert into audit_record (organisation_id, at, actor_id, actor_name, via, action, object_type, object_id, request_id,
                              task_id)
    select organisation_id, now(), '${orderer.userId}', 'admin', 'token', 'permitted_client.${act}', 'client',
           '${CLIENT}', 'bench', '${orderer.userId}' from changed`
}

async function seed({ pool }: BenchDatabase): Promise<void> {
  await pool.query(`insert into organisation (name) select 'company ' || n from generate_series(2, ${COMPANIES}) n`)
  await pool.query(
    `insert into client_application (client_id, name, grant_types, token_endpoint_auth_method, created_at)
     values ('${CLIENT}', 'App', '{authorization_code}', 'none', now())`,
  )
  // Before each chunk it is asked whether they still may.
  const { userId, username, flags, homeOrganisation } = orderer
  await pool.query('insert into app_user (id, organisation_id, username, role, flags) values ($1, $2, $3, $4, $5)', [
    userId,
    homeOrganisation,
    username,
    orderer.role,
    [...flags],
  ])
}

/** As it is before: nobody knows the client, half of them do, or all. */
async function prepare({ pool }: BenchDatabase, act: ClientAct): Promise<void> {
  await pool.query('truncate permitted_client, bulk_job cascade')
  // The audit is append-only for everybody else.
  await pool.query(`do $$ begin
    perform set_config('session_replication_role', 'replica', true);
    truncate audit_record, audit_unsealed;
  end $$`)
  const known = { add: 'false', permit: 'id % 2 = 0', remove: 'true' }[act]
  await pool.query(
    `insert into permitted_client (organisation_id, client_id) select id, '${CLIENT}' from organisation where ${known}`,
  )
  await pool.query('vacuum analyze permitted_client')
  await pool.query('checkpoint')
}

/** Orders it and does it, as the server does. */
function jobRunner({ database }: BenchDatabase): (act: ClientAct) => Promise<void> {
  const bulkJobs = wireBulkJobs({
    database,
    clock: systemClock,
    ids: uuidSource,
    logger: createLogger({ level: 'silent' }),
    enqueueRun: async () => undefined,
    holdModel: () => Promise.reject(new Error('There is no model here.')),
    requestPublication: () => undefined,
  })
  const deps = { clientChanges: sqlClientChangeStore(database), bulk: bulkJobs.ordering }
  return async (act) => {
    const change = { act, clientId: CLIENT }
    const job = await orderClientChange(deps, { caller: orderer, requestId: 'bench', change, dryRun: false })
    // A turn is ten seconds long; the queue gives it the next one.
    let state: string | undefined
    do {
      await bulkJobs.run(job.id, new AbortController().signal)
      state = (await bulkJobs.waiting.jobs.find(job.id))?.state
    } while (state === 'InProgress')
    if (state !== 'Finished') throw new Error(`The job ended as ${state}.`)
  }
}
