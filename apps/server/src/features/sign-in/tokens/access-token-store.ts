import type { UserId } from '../../../kernel/ids.ts'
import type { Page } from '../../../kernel/page.ts'
import type { SignedInUser } from '../signed-in-user.ts'
import type { AccessToken, AccessTokenId } from './access-token.ts'

export interface AccessTokenStore {
  /** Throws `access_token.name_taken`. */
  add(token: AccessToken, tokenHash: Uint8Array): Promise<void>

  countOf(userId: UserId): Promise<number>

  /** In the order they were made. */
  listOf(userId: UserId, slice: { readonly offset: number; readonly limit: number }): Promise<Page<AccessToken>>

  /** The token that was deleted; undefined when this user has none of that id. */
  remove(userId: UserId, id: AccessTokenId): Promise<AccessToken | undefined>

  /** One index lookup and its joins, also when the token has expired; nothing is cached. */
  findUser(tokenHash: Uint8Array, namedOrganisation: number | undefined): Promise<SignedInUser | undefined>

  /** Does nothing when a use after `unlessSince` is written down already. */
  touch(tokenHash: Uint8Array, use: { at: Date; unlessSince: Date }): Promise<void>
}
