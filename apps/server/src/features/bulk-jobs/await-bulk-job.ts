import type { BulkJob } from './bulk-job.ts'
import type { BulkJobStore } from './bulk-job-store.ts'

export interface AwaitBulkJobDeps {
  readonly jobs: Pick<BulkJobStore, 'find'>
  /** Waits; ends early when the signal aborts. */
  pause(forMs: number, signal: AbortSignal): Promise<void>
}

export interface Waiting {
  readonly forMs: number
  /** Aborts when nobody waits for the answer any more, or the server drains. */
  readonly signal: AbortSignal
}

const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 500

/** The job as it is when it has ended, or when the time is up. */
export async function awaitBulkJob(
  { jobs, pause }: AwaitBulkJobDeps,
  job: BulkJob,
  { forMs, signal }: Waiting,
): Promise<BulkJob> {
  let seen = job
  let pauseMs = FIRST_PAUSE_MS
  for (let leftMs = forMs; leftMs > 0 && seen.state === 'InProgress' && !signal.aborted; ) {
    const stepMs = Math.min(pauseMs, leftMs)
    await pause(stepMs, signal)
    seen = (await jobs.find(job.id)) ?? seen
    leftMs -= stepMs
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
  }
  return seen
}
