import type { SignedIn } from '../../kernel/principal.ts'

/** What tells who is calling. */
export interface SignInAttempt {
  readonly method: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies: Readonly<Record<string, string | undefined>>
  /** The peer's address. */
  readonly source: string
  /** The organisation to act on, when the request names a well-formed one. */
  readonly organisation?: number
}

/**
 * The sign-in feature's side of every signed-in route.
 *
 * Rejects with an AppError `unauthenticated` when nobody is signed in, `forbidden` when who is may not act (there).
 */
export type Authenticate = (attempt: SignInAttempt) => Promise<SignedIn>
