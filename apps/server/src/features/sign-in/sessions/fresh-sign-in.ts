import type { Principal } from '../../../kernel/principal.ts'
import { signInErrors } from '../sign-in-errors.ts'

const FRESH_FOR_MINUTES = 10

/** Until when somebody who proved then who they are need not do so again. */
export function freshUntil(authenticatedAt: Date): Date {
  return new Date(authenticatedAt.getTime() + FRESH_FOR_MINUTES * 60_000)
}

/**
 * Throws `sign_in.reauthenticate` unless the caller signed in, or proved again who they are, within the last ten minutes:
 * for acts that cannot be undone, and for those that would let a found session in for good. An access token never is
 * fresh: it shows that somebody kept a secret, not that its owner is there now.
 */
export function requireFreshSignIn({ session }: Pick<Principal, 'session'>, now: Date): void {
  if (!session || now > freshUntil(session.authenticatedAt)) throw signInErrors.reauthenticate(FRESH_FOR_MINUTES)
}
