import type { Clock } from '../../../kernel/clock.ts'
import type { AuditEntry, AuditStore } from '../../audit/index.ts'
import { signInErrors } from '../sign-in-errors.ts'
import { FORGET_AFTER_MS, type LockOutKey, lockedUntil, secondsUntil } from './lock-out.ts'
import type { LockOutStore } from './lock-out-store.ts'

interface Stores {
  readonly lockOuts: Pick<LockOutStore, 'countFailure' | 'lock'>
  readonly audit: AuditStore
}

export interface CheckPasswordDeps {
  readonly clock: Clock
  readonly lockOuts: Pick<LockOutStore, 'findLock'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface PasswordAttempt {
  readonly keys: readonly LockOutKey[]
  /** Whether the password, or one-time code, is right; takes as long where there is no account. */
  verify(): Promise<boolean>
  /** What the audit record says if it fails. */
  readonly onFailure: AuditEntry
}

/** True for the right password. A wrong one is counted and recorded; a locked key throws `sign_in.locked_out`. */
export async function checkPassword(deps: CheckPasswordDeps, attempt: PasswordAttempt): Promise<boolean> {
  await assertNotLocked(deps.lockOuts, attempt.keys, deps.clock.now())
  if (await attempt.verify()) {
    // Attempts made at once all pass the first look; those beyond the limit learn nothing, the right password included.
    await assertNotLocked(deps.lockOuts, attempt.keys, deps.clock.now())
    return true
  }
  await deps.inTransaction((stores) => countFailure(stores, attempt, deps.clock.now()))
  return false
}

async function assertNotLocked(
  lockOuts: Pick<LockOutStore, 'findLock'>,
  keys: readonly LockOutKey[],
  now: Date,
): Promise<void> {
  const until = await lockOuts.findLock(keys.map(({ text }) => text))
  if (until && until > now) throw signInErrors.locked_out(secondsUntil(until, now))
}

async function countFailure(
  { lockOuts, audit }: Stores,
  { keys, onFailure }: PasswordAttempt,
  now: Date,
): Promise<void> {
  const forgetBefore = new Date(now.getTime() - FORGET_AFTER_MS)
  for (const key of keys) {
    const count = await lockOuts.countFailure(key.text, now, forgetBefore)
    // Locked by an attempt made at the same time: this one was never made. Throwing takes its count back.
    if (count.lockedUntil && count.lockedUntil > now) {
      throw signInErrors.locked_out(secondsUntil(count.lockedUntil, now))
    }
    const until = lockedUntil(key, count.failures, now)
    if (until) await lockOuts.lock(key.text, until)
  }
  await audit.record(onFailure)
}
