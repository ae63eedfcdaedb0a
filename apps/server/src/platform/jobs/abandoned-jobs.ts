import type { Pool } from 'pg'
import type { ConnectionOptions } from '../database/connection-options.ts'
import { StandingConnection } from '../database/standing-connection.ts'

/** Class 8471 of advisory locks is that of the pools of workers; 8470 is that of publications. */
const HOLD = 'select from pg_advisory_lock(8471, hashtext($1))'

/** Two that release at once hinder each other: what one leaves alone, the other releases. */
const RELEASE = `
  select graphile_worker.force_unlock_workers(array(
    select holder.id
    from (select distinct locked_by as id from graphile_worker.jobs where locked_by is not null) holder
    where pg_try_advisory_xact_lock(8471, hashtext(holder.id))))`

/**
 * Says that this pool of workers lives, for as long as its process does: by a lock of a session, which PostgreSQL gives up
 * when the process has gone, however it went.
 */
export function markAlive(options: ConnectionOptions, poolId: string): Promise<AsyncDisposable> {
  return StandingConnection.open(
    { ...options, applicationName: 'portreeve-jobs-alive' },
    { begin: (client) => client.query(HOLD, [poolId]) },
  )
}

/**
 * Gives back the jobs that processes had taken when they died. The worker itself would keep them for four hours
 * (graphile-worker 0.18, `resetLockedAt`). One that was alive after all, cut off from its database for a moment, does its job
 * beside the next one: every job is made to be done twice.
 */
export async function releaseAbandonedJobs(pool: Pool): Promise<void> {
  await pool.query(RELEASE)
}
