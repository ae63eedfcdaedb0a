import type { Id, UserId } from '../../../kernel/ids.ts'
import { accessTokenErrors } from '../sign-in-errors.ts'

export type AccessTokenId = Id<'AccessToken'>

/** A personal access token, without its secret: that was shown once. */
export interface AccessToken {
  readonly id: AccessTokenId
  readonly userId: UserId
  readonly name: string
  readonly createdAt: Date
  readonly lastUsedAt: Date | undefined
  /** Undefined for a token that does not expire. */
  readonly expiresAt: Date | undefined
}

/** What every personal access token starts with. */
export const ACCESS_TOKEN_PREFIX = 'ptr_'

/** So many one user may have, expired ones included. */
export const MOST_ACCESS_TOKENS = 1000

const PRINTABLE = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,100}$/u

/** The name without surrounding space. */
export function parseAccessTokenName(text: string): string {
  const name = text.trim()
  if (!PRINTABLE.test(name)) throw accessTokenErrors.bad_name()
  return name
}

/** An RFC 3339 time that lies ahead. */
export function parseExpiry(text: string, now: Date): Date {
  const at = new Date(text)
  // `not (at > now)` holds for an invalid date, too.
  if (!(at > now)) throw accessTokenErrors.bad_expiry()
  return at
}
