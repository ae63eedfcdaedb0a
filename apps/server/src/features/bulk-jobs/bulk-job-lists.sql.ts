import type { ListSource, PagedLists } from '../../platform/database/paged-list.ts'
import { type BulkJobRow, type BulkResultRow, toBulkJob, toItemResult } from './bulk-job-row.sql.ts'
import type { BulkJobReadModel } from './bulk-job-store.ts'

// Jobs are kept for a month: there are never so many that those which failed need an index of their own.
const IS_ASKED_FOR = `(not $4::boolean or not dry_run and (state = 'Error' or failed > 0)
  and id not in (select retry_of from bulk_job where retry_of is not null))`

const JOBS: ListSource<BulkJobRow> = {
  name: 'bulk-jobs',
  base: [
    `select * from bulk_job where organisation_id = $1::int and kind = any($2::text[]) and ${IS_ASKED_FOR}`,
    `select * from bulk_job where $3::boolean and organisation_id is null and kind = any($2::text[]) and ${IS_ASKED_FOR}`,
  ],
  own: { started_at: 'base.started_at' },
  select: 'base.*',
  tieBreak: 'id',
}

const RESULTS: ListSource<BulkResultRow> = {
  name: 'bulk-results',
  base: 'select * from bulk_result where job_id = $1::uuid and ($2::text is null or outcome = $2)',
  own: { item_id: 'base.item_id' },
  select: 'base.item_id, base.outcome, base.error_code, base.message, base.entity_id, base.entity_name',
  tieBreak: 'item_id',
}

export function sqlBulkJobReadModel(lists: PagedLists): BulkJobReadModel {
  return {
    async list({ organisation, kinds, withOverall, onlyFailing, pageNumber, pageSize }) {
      const sort = { field: 'started_at', ascending: false }
      const { items, total } = await lists.page(JOBS, {
        scope: [organisation, kinds, withOverall, onlyFailing],
        request: { pageNumber, pageSize, sort, search: [] },
      })
      return { items: items.map(toBulkJob), total }
    },
    async listResults({ job, outcome, pageNumber, pageSize }) {
      const sort = { field: 'item_id', ascending: true }
      const { items, total } = await lists.page(RESULTS, {
        scope: [job, outcome ?? null],
        request: { pageNumber, pageSize, sort, search: [] },
      })
      return { items: items.map(toItemResult), total }
    },
  }
}
