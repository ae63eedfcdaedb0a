import { randomUUID } from 'node:crypto'
import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import type { BulkJob } from '../../features/bulk-jobs/bulk-job.ts'
import { sqlBulkJobStore } from '../../features/bulk-jobs/bulk-job-store.sql.ts'
import type { BulkChunk, BulkKind } from '../../features/bulk-jobs/bulk-kind.ts'
import { forgetBulkJobs, orderBulkJob, resumeBulkJobs, runBulkJob } from '../../features/bulk-jobs/index.ts'
import { requireFlag } from '../../kernel/access.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { statement } from '../../platform/database/statement.ts'
import { testDatabase } from '../../platform/database/test-database.ts'

/** Things that a bulk job counts how often it has treated, in a database of one test's own. */
export interface BulkScene extends AsyncDisposable {
  readonly clock: { time: number }
  /** Jobs that were put into the queue so far. */
  readonly enqueued: string[]
  readonly failures: readonly unknown[]
  order(kind?: string): Promise<string>
  /** As one node does it, with connections of its own. */
  run(job: string, options?: RunOptions): Promise<void>
  find(job: string): Promise<BulkJob>
  addThings(count: number): Promise<void>
  /** Makes every treatment of that thing break its statement. */
  breakThing(id: number): Promise<void>
  /** What becomes of whoever orders the jobs. */
  changeOrderer(to: { readonly enabled: boolean; readonly flags: readonly PermissionFlag[] }): Promise<void>
  /** How often each was treated, in the order of their ids. */
  treated(): Promise<readonly number[]>
  failedItems(job: string): Promise<readonly string[]>
  resume(idleMs: number): Promise<void>
  forget(): Promise<void>
}

export interface RunOptions {
  readonly stopping?: AbortSignal
  /** Called when the things of a chunk have been treated, before that is committed. */
  onChunk?(chunk: BulkChunk<unknown>): Promise<void>
}

const TABLE = statement(
  'test.thing-table',
  'create table thing (id int generated always as identity primary key, treated int not null default 0)',
)
const BREAK = statement(
  'test.break-thing',
  `create or replace function break_thing() returns trigger language plpgsql as $$
   begin raise exception 'It is broken.'; end $$`,
)
const ADD = statement('test.add-things', 'insert into thing (treated) select 0 from generate_series(1, $1)')
const LIST = statement<{ readonly id: number }>(
  'test.list-things',
  'select id from thing where id > $1 order by id limit $2',
)
const TREAT = statement('test.treat-things', 'update thing set treated = treated + 1 where id = any($1::int[])')
const TREATED = statement<{ readonly treated: number }>('test.treated-things', 'select treated from thing order by id')
const FAILED = statement<{ readonly item_id: number; readonly error_code: string }>(
  'test.failed-items',
  'select item_id, error_code from bulk_result where job_id = $1 order by item_id',
)

const CALLER: Principal = {
  userId: '00000000-0000-4000-8000-000000000001',
  username: 'ann',
  role: 'admin',
  flags: new Set(['allow_modify_users']),
  homeOrganisation: 1,
  organisation: 1,
  via: 'token',
}

const ADD_ORDERER = statement(
  'test.add-orderer',
  'insert into app_user (id, organisation_id, username, role, flags) values ($1, 1, $2, $3, $4)',
)
const CHANGE_ORDERER = statement('test.change-orderer', 'update app_user set enabled = $2, flags = $3 where id = $1')

export async function startBulkScene(): Promise<BulkScene> {
  await using starting = new AsyncDisposableStack()
  const { db, url } = starting.use(await testDatabase())
  await db.query(TABLE)
  await db.query(BREAK)
  await db.query(ADD_ORDERER, [CALLER.userId, CALLER.username, CALLER.role, [...CALLER.flags]])
  const clock = { time: Date.parse('2026-01-01T00:00:00Z') }
  const enqueued: string[] = []
  const failures: unknown[] = []
  const base = { clock: { now: () => new Date(clock.time) }, ids: { next: <T>() => randomUUID() as T } }
  const depsOn = (database: Database) => ({
    ...base,
    jobs: sqlBulkJobStore(database),
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx, enqueued))),
  })
  const deps = depsOn(db)
  const running = starting.move()
  return {
    clock,
    enqueued,
    failures,
    async order(name = 'things') {
      const order = { caller: CALLER, requestId: 'r1', input: {}, organisation: 1, dryRun: false, total: 0 }
      return (await orderBulkJob(deps, { ...things({}), name }, order)).id
    },
    async run(job, options = {}) {
      await using node = openDatabase({ url, allowExitOnIdle: true })
      const kinds = new Map([['things', things(options)]])
      const onFailure = (_job: string, error: unknown) => void failures.push(error)
      await runBulkJob({ ...depsOn(node), kinds, onFailure }, job, options.stopping ?? new AbortController().signal)
    },
    async find(job) {
      const found = await deps.jobs.find(job)
      if (!found) throw new Error('The job is gone.')
      return found
    },
    addThings: async (count) => void (await db.query(ADD, [count])),
    breakThing: async (id) => void (await db.query(breaker(id))),
    changeOrderer: async ({ enabled, flags }) => void (await db.query(CHANGE_ORDERER, [CALLER.userId, enabled, flags])),
    treated: async () => (await db.query(TREATED)).map(({ treated }) => treated),
    failedItems: async (job) =>
      (await db.query(FAILED, [job])).map(({ item_id, error_code }) => `${item_id} ${error_code}`),
    resume: (idleMs) => resumeBulkJobs(deps, idleMs),
    forget: () => forgetBulkJobs(deps),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function storesOn(tx: Connection, enqueued: string[]) {
  return {
    tx,
    jobs: sqlBulkJobStore(tx),
    audit: sqlAuditStore(tx),
    enqueue: async (job: string) => void enqueued.push(job),
  }
}

/** Chunks of ten, nothing to say of those that went well. */
function things({ onChunk }: RunOptions): BulkKind<ReturnType<typeof storesOn>, unknown> {
  return {
    name: 'things',
    chunk: 10,
    viewFlags: [],
    assertMayOrder: () => undefined,
    assertMayGoOn: (orderer) => requireFlag(orderer, 'allow_modify_users'),
    describe: () => ({}),
    listItems: async ({ tx }, _job, { after, limit }) => (await tx.query(LIST, [after, limit])).map(({ id }) => id),
    async treat({ tx }, chunk) {
      await tx.query(TREAT, [chunk.items])
      await onChunk?.(chunk)
      return { changed: chunk.items.length, results: [] }
    },
  }
}

function breaker(id: number) {
  return {
    name: '',
    text: `create trigger broken_${Math.trunc(id)} before update on thing for each row
      when (old.id = ${Math.trunc(id)}) execute function break_thing()`,
  }
}
