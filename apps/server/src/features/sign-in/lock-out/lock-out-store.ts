export interface FailureCount {
  readonly failures: number
  /** As it stood before this failure. */
  readonly lockedUntil: Date | undefined
}

export interface LockOutStore {
  /** The latest end of a lock on any of the keys; it may lie in the past. */
  findLock(keys: readonly string[]): Promise<Date | undefined>

  /** Counts one more, from nought if the last was before `forgetBefore`; the key stays locked until the transaction ends. */
  countFailure(key: string, now: Date, forgetBefore: Date): Promise<FailureCount>

  lock(key: string, until: Date): Promise<void>

  clear(key: string): Promise<void>

  /** Drops what was last counted before `before`. */
  forget(before: Date): Promise<void>
}
