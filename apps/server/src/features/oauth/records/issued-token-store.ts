import type { RegisteredClient } from '../server/registered-client.ts'
import type { FoundToken, IssuedKind, IssuedToken } from './issued-token.ts'

export interface ShownToken {
  readonly client: RegisteredClient | undefined
  readonly token: FoundToken | undefined
}

/** Access tokens that are out, found by their SHA-256. Those of many requests at once are added, and looked at, together. */
export interface IssuedTokenStore {
  /**
   * Notes, too, that the token's user came with its client. False, and nothing done, for a client that acts for itself and may
   * not come in, and for a sign-in that is over.
   */
  add(tokenHash: Uint8Array, token: IssuedToken): Promise<boolean>
  find(kind: IssuedKind, tokenHash: Uint8Array): Promise<FoundToken | undefined>
  /** The client, disabled ones too, with the token that it shows if it shows one. */
  findShown(
    clientId: string,
    shown?: { readonly kind: IssuedKind; readonly tokenHash: Uint8Array },
  ): Promise<ShownToken>
  remove(kind: IssuedKind, tokenHash: Uint8Array): Promise<void>
}
