import { parseId } from '../../kernel/ids.ts'
import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type BulkJob, bulkJobErrors, type ItemOutcome, type ItemResult } from './bulk-job.ts'
import { reachesJob, visibleKinds } from './bulk-job-policy.ts'
import type { BulkJobQuery, BulkJobReadModel, BulkJobStore } from './bulk-job-store.ts'
import type { BulkKind } from './bulk-kind.ts'

export interface GetBulkJobDeps {
  readonly kinds: ReadonlyMap<string, Pick<BulkKind<never, never>, 'name' | 'viewFlags'>>
  readonly jobs: Pick<BulkJobStore, 'find'>
}

export interface SeeBulkJobsDeps extends GetBulkJobDeps {
  readonly jobLists: BulkJobReadModel
}

interface PageInput {
  readonly caller: Principal
  /** 1-based. */
  readonly pageNumber: number
  readonly pageSize: number
}

/** Jobs of the organisation that the caller acts in, the newest first; for superadmins also those over all organisations. */
export async function listBulkJobs(
  { kinds, jobLists }: SeeBulkJobsDeps,
  { caller, ...query }: PageInput & Pick<BulkJobQuery, 'onlyFailing'>,
): Promise<Page<BulkJob>> {
  const visible = visibleKinds(caller, kinds.values())
  const withOverall = caller.role === 'superadmin'
  return jobLists.list({ ...query, organisation: caller.organisation, kinds: visible, withOverall })
}

export interface GetBulkJobInput {
  readonly caller: Principal
  /** As it stands in the path. */
  readonly id: string
}

/** Throws `bulk_job.not_found` also for jobs that are not the caller's to see. */
export async function getBulkJob(
  { kinds, jobs }: GetBulkJobDeps,
  { caller, id: text }: GetBulkJobInput,
): Promise<BulkJob> {
  const visible = visibleKinds(caller, kinds.values())
  const id = parseId(text)
  const job = id && (await jobs.find(id))
  if (!job || !visible.includes(job.kind) || !reachesJob(caller, job)) throw bulkJobErrors.not_found(text)
  return job
}

/** What became of the items of a job so far. */
export async function listBulkResults(
  deps: SeeBulkJobsDeps,
  { caller, id, ...query }: GetBulkJobInput & PageInput & { readonly outcome: ItemOutcome | undefined },
): Promise<Page<ItemResult>> {
  const job = await getBulkJob(deps, { caller, id })
  return deps.jobLists.listResults({ ...query, job: job.id })
}
