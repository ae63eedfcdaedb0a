import type { Principal } from '../../kernel/principal.ts'
import { type BulkJob, bulkJobErrors } from './bulk-job.ts'
import type { BulkJobStore } from './bulk-job-store.ts'
import type { BulkKind } from './bulk-kind.ts'
import { getBulkJob } from './list-bulk-jobs.ts'
import { type OrderBulkJobDeps, orderBulkJob } from './order-bulk-job.ts'

export interface RetryBulkJobDeps extends OrderBulkJobDeps {
  readonly kinds: ReadonlyMap<string, BulkKind<never, unknown>>
  readonly jobs: Pick<BulkJobStore, 'find'>
}

export interface RetryBulkJobInput {
  readonly caller: Principal
  readonly requestId: string
  /** As it stands in the path. */
  readonly id: string
}

/** Orders anew what failed in a job that has ended, as who retries it may. */
export async function retryBulkJob(
  deps: RetryBulkJobDeps,
  { caller, requestId, id }: RetryBulkJobInput,
): Promise<BulkJob> {
  const job = await getBulkJob(deps, { caller, id })
  const kind = deps.kinds.get(job.kind)
  if (!kind) throw bulkJobErrors.unknown_kind(job.kind)
  kind.assertMayOrder(caller, job.input, deps.clock.now())
  if (job.state === 'InProgress') throw bulkJobErrors.in_progress()
  if (job.failed === 0) throw bulkJobErrors.nothing_failed()
  const { input, organisation, dryRun, failed: total } = job
  return orderBulkJob(deps, kind, { caller, requestId, input, organisation, dryRun, total, retryOf: job.id })
}
