import type { PermissionFlag, Rights } from '../../kernel/principal.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type BulkJobRow, toBulkJob } from './bulk-job-row.sql.ts'
import type { BulkJobStore } from './bulk-job-store.ts'

const ADD = statement(
  'bulk-jobs.add',
  `insert into bulk_job (id, kind, organisation_id, input, retry_of, dry_run, total, ordered_by, ordered_by_name,
                         ordered_by_role, ordered_by_organisation, ordered_via, request_id, state, started_at, progressed_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'InProgress', $14, $14)`,
)
const FIND = statement<BulkJobRow>('bulk-jobs.find', 'select * from bulk_job where id = $1')
const HOLD = statement<BulkJobRow>(
  'bulk-jobs.hold',
  `select * from bulk_job where id = $1 and state = 'InProgress' for no key update skip locked`,
)
const FIND_RIGHTS = statement<{ readonly role: Rights['role']; readonly flags: readonly PermissionFlag[] }>(
  'bulk-jobs.find-rights',
  `select orderer.role, orderer.flags
   from app_user orderer join organisation home on home.id = orderer.organisation_id
   where orderer.id = $1 and orderer.enabled and home.enabled`,
)
const ADD_RESULTS = statement(
  'bulk-jobs.add-results',
  `insert into bulk_result (job_id, item_id, outcome, error_code, message, entity_id, entity_name)
   select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::uuid[], $7::text[])`,
)
const SAVE_PROGRESS = statement(
  'bulk-jobs.save-progress',
  `update bulk_job set progressed_at = $2, cursor = $3, done = done + $4, changed = changed + $5, failed = failed + $6,
     total = greatest(total, done + $4)
   where id = $1`,
)
const FINISH = statement(
  'bulk-jobs.finish',
  `update bulk_job set state = case when $3::text is null then 'Finished' else 'Error' end,
     total = case when $3::text is null then done else total end, progressed_at = $2, finished_at = $2, error_code = $3,
     error_message = $4
   where id = $1 and state = 'InProgress'`,
)
const LIST_FAILED = statement<{ readonly item_id: number }>(
  'bulk-jobs.list-failed',
  `select item_id from bulk_result where job_id = $1 and outcome = 'failed' and item_id > $2 order by item_id limit $3`,
)
const LIST_IDLE = statement<{ readonly id: string }>(
  'bulk-jobs.list-idle',
  `select id from bulk_job where state = 'InProgress' and progressed_at <= $1 order by id
   for no key update skip locked`,
)
const FORGET = statement<{ readonly id: string }>(
  'bulk-jobs.forget',
  `delete from bulk_job where id in (select id from bulk_job where finished_at < $1 order by finished_at limit $2)
   returning id`,
)

/** A job may have as many results as there are connectors: a few jobs at a time keep the statement short. */
const FORGOTTEN_AT_ONCE = 10

/** Jobs in `bulk_job`, their results in `bulk_result`. */
export function sqlBulkJobStore(connection: Connection): BulkJobStore {
  return {
    async add(job) {
      const { caller } = job
      await connection.query(ADD, [
        job.id,
        job.kind,
        job.organisation,
        JSON.stringify(job.input),
        job.retryOf ?? null,
        job.dryRun,
        job.total,
        caller.userId,
        caller.username,
        caller.role,
        caller.homeOrganisation,
        caller.via,
        job.requestId ?? null,
        job.startedAt,
      ])
    },
    async find(id) {
      const [row] = await connection.query(FIND, [id])
      return row && toBulkJob(row)
    },
    async hold(id) {
      const [row] = await connection.query(HOLD, [id])
      return row && toBulkJob(row)
    },
    async findRights(userId) {
      const [row] = await connection.query(FIND_RIGHTS, [userId])
      return row && { role: row.role, flags: new Set(row.flags) }
    },
    async addResults(id, results) {
      if (results.length === 0) return
      await connection.query(ADD_RESULTS, [
        id,
        results.map((result) => result.id),
        results.map(({ outcome }) => outcome),
        results.map(({ error }) => error?.code ?? null),
        results.map(({ error }) => error?.message ?? null),
        results.map(({ entity }) => entity?.id ?? null),
        results.map(({ entity }) => entity?.name ?? null),
      ])
    },
    async saveProgress(id, { at, cursor, done, changed, failed }) {
      await connection.query(SAVE_PROGRESS, [id, at, cursor, done, changed, failed])
    },
    async finish(id, { at, error }) {
      await connection.query(FINISH, [id, at, error?.code ?? null, error?.message ?? null])
    },
    async listFailed(id, { after, limit }) {
      return (await connection.query(LIST_FAILED, [id, after, limit])).map(({ item_id }) => item_id)
    },
    async listIdle(since) {
      return (await connection.query(LIST_IDLE, [since])).map(({ id }) => id)
    },
    async forget(endedBefore) {
      return (await connection.query(FORGET, [endedBefore, FORGOTTEN_AT_ONCE])).length
    },
  }
}
