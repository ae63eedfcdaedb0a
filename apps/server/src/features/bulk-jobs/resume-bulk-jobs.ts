import type { Clock } from '../../kernel/clock.ts'
import type { BulkJobStore } from './bulk-job-store.ts'

export interface ResumeBulkJobsDeps {
  readonly clock: Clock
  inTransaction<T>(
    work: (stores: {
      readonly jobs: Pick<BulkJobStore, 'listIdle'>
      enqueue(job: string): Promise<void>
    }) => Promise<T>,
  ): Promise<T>
}

/**
 * Has those jobs run again that made no progress for `idleMs` and that nobody holds: the queue itself tries one that failed
 * later and later, and at last no more. One too many does no harm: who finds a job held leaves it alone.
 */
export async function resumeBulkJobs({ clock, inTransaction }: ResumeBulkJobsDeps, idleMs: number): Promise<void> {
  const since = new Date(clock.now().getTime() - idleMs)
  await inTransaction(async ({ jobs, enqueue }) => {
    for (const id of await jobs.listIdle(since)) await enqueue(id)
  })
}

const KEPT_MS = 30 * 24 * 60 * 60 * 1000

export interface ForgetBulkJobsDeps {
  readonly clock: Clock
  readonly jobs: Pick<BulkJobStore, 'forget'>
}

/** Drops jobs that ended more than 30 days ago, with their results. Daily. */
export async function forgetBulkJobs({ clock, jobs }: ForgetBulkJobsDeps): Promise<void> {
  const endedBefore = new Date(clock.now().getTime() - KEPT_MS)
  while ((await jobs.forget(endedBefore)) > 0);
}
