import type { BulkJob } from './bulk-job.ts'

/** A job as admins are told of it: the contract's `BulkJobDto`. */
export function toBulkJobDto(job: BulkJob) {
  const { id, state, caller, error } = job
  return {
    bulk_id: id,
    kind: job.kind,
    status: state,
    ...(job.organisation !== null && { organisation_id: job.organisation }),
    dry_run: job.dryRun,
    total: job.total,
    done: job.done,
    changed: job.changed,
    failed: job.failed,
    ordered_by: caller.userId,
    ordered_by_username: caller.username,
    retry_of: job.retryOf,
    started_at: job.startedAt.toISOString(),
    progressed_at: job.progressedAt.toISOString(),
    finished_at: job.finishedAt?.toISOString(),
    ...(error && { error: error.code, message: error.message }),
    progress_url: `/v1/admin/bulk/${id}/`,
    results_url: `/v1/admin/bulk/${id}/results/`,
  }
}
