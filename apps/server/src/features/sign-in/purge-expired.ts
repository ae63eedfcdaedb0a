import type { Clock } from '../../kernel/clock.ts'
import { FORGET_AFTER_MS } from './lock-out/lock-out.ts'
import type { SignInStores } from './sign-in-stores.ts'

export interface PurgeExpiredDeps extends Pick<SignInStores, 'sessions' | 'lockOuts' | 'setupCodes'> {
  readonly clock: Clock
}

/** Drops what has no effect any more: ended sessions, forgotten failures, old set-up codes. For a daily job. */
export async function purgeExpired({ clock, sessions, lockOuts, setupCodes }: PurgeExpiredDeps): Promise<void> {
  const now = clock.now()
  await sessions.forget(now)
  await lockOuts.forget(new Date(now.getTime() - FORGET_AFTER_MS))
  await setupCodes.forget(now)
}
