import { PortreeveError, UnreachableError } from '@portreeve/client'
import { backoffMs } from './backoff.ts'

export interface PersistDeps {
  pause(forMs: number): Promise<void>
  /** From 0 to 1. */
  chance(): number
  /** Tells of a call that failed and will be made again. */
  onFailure(error: Error, pauseMs: number): void
}

/** Makes a call until the server has answered it. What the server refuses, it throws. */
export async function persist<T>(deps: PersistDeps, call: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await call()
    } catch (error) {
      if (!isPassing(error)) throw error
      const pauseMs = backoffMs(failures, deps.chance())
      deps.onFailure(error, pauseMs)
      await deps.pause(pauseMs)
    }
  }
}

/** Whether the same call may do better later: nobody answered, or it was too much, or something was broken there. */
export function isPassing(error: unknown): error is Error {
  if (error instanceof UnreachableError) return true
  return error instanceof PortreeveError && (error.status === 429 || error.status >= 500)
}
