import { OAUTH_TOKEN_PREFIX } from '../../sign-in/index.ts'
import type { UserStanding } from '../standing-store.ts'

/** An access token that acts for a user who signed in, or for the client itself (RFC 6749, 4.4). */
export type IssuedKind = 'AccessToken' | 'ClientCredentials'

/** What a token of each kind begins with: it says where to look, and to scanners for leaked secrets what it is. */
export const ISSUED_PREFIX: Readonly<Record<IssuedKind, string>> = {
  AccessToken: `${OAUTH_TOKEN_PREFIX}u`,
  ClientCredentials: `${OAUTH_TOKEN_PREFIX}c`,
}

/** Which kind a text would be, if it is an access token of ours. */
export function issuedKindOf(text: string): IssuedKind | undefined {
  if (text.startsWith(ISSUED_PREFIX.AccessToken)) return 'AccessToken'
  return text.startsWith(ISSUED_PREFIX.ClientCredentials) ? 'ClientCredentials' : undefined
}

export interface IssuedToken {
  readonly kind: IssuedKind
  readonly clientId: string
  /** Undefined in a token of the client's own: its user is the client's. */
  readonly userId: string | undefined
  readonly grantId: string | undefined
  readonly scope: string | undefined
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** With how its user and its client stand to one another now; undefined when one of them is gone. */
export interface FoundToken extends IssuedToken {
  readonly standing: Pick<UserStanding, 'isUserOpen' | 'isClientEnabled' | 'isPermitted'> | undefined
}
