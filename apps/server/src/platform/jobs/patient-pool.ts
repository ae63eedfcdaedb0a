import { setTimeout as delay } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { AppError } from '../../kernel/errors.ts'
import { isConnectionLost, toDatabaseError } from '../database/database-errors.ts'
import { openPool } from '../database/open-database.ts'

export interface PatientPoolOptions {
  readonly url: string
  readonly poolSize: number
  readonly applicationName: string
  /** Ends all patience. */
  readonly stopping: AbortSignal
}

/** `serialization_failure`: after this graphile-worker tries a statement again soon. */
const TRIED_AGAIN = '40001'
const PAUSE_MS = 1000

/**
 * A pool for graphile-worker that waits for a database that is away, and has what was cut off tried again. The worker does
 * not wait for what it writes of a job that has ended (0.18, `completeJob`): a failure there would be nobody's, and end the
 * process. For the same reason, what it still wants to write once the pool has ended waits in vain: the process ends meanwhile, and the
 * next one releases the job.
 */
export function openPatientPool({ stopping, ...options }: PatientPoolOptions): Pool {
  const pool = openPool(options)
  const connect = pool.connect.bind(pool)
  const connectPatiently = async (): Promise<PoolClient> => {
    for (;;) {
      if (pool.ending) return await new Promise<never>(() => undefined)
      try {
        return await connect()
      } catch (error) {
        if (stopping.aborted || !(toDatabaseError(error) instanceof AppError)) throw error
        // It rejects only when the patience ends, and the next attempt is then the last.
        await delay(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined)
      }
    }
  }
  type Callback = Parameters<typeof connect>[0]
  pool.connect = ((callback?: Callback) => (callback ? connect(callback) : connectPatiently())) as Pool['connect']
  pool.on('connect', (client) => {
    // The worker wants to see that somebody hears of errors on connections it holds.
    client.on('error', () => undefined)
    const query = client.query.bind(client) as (...given: unknown[]) => unknown
    client.query = ((...given: unknown[]) => {
      const answer = query(...given)
      return answer instanceof Promise ? answer.catch(haveTriedAgain) : answer
    }) as PoolClient['query']
  })
  return pool
}

function haveTriedAgain(error: unknown): never {
  if (!isConnectionLost(error)) throw error
  throw Object.assign(new Error('The connection was lost.', { cause: error }), { code: TRIED_AGAIN })
}
