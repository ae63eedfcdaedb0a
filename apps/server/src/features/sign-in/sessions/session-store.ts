import type { UserId } from '../../../kernel/ids.ts'
import type { SignedInUser } from '../signed-in-user.ts'

export interface Session {
  readonly tokenHash: Uint8Array
  readonly userId: UserId
  readonly createdAt: Date
  readonly expiresAt: Date
}

export interface SessionStore {
  add(session: Session): Promise<void>

  /** One primary-key lookup and its joins, also when the session has expired; nothing is cached. */
  findUser(tokenHash: Uint8Array, namedOrganisation: number | undefined): Promise<SignedInUser | undefined>

  /** Does nothing when a use after `unlessSince` is written down already. */
  touch(tokenHash: Uint8Array, use: { at: Date; expiresAt: Date; unlessSince: Date }): Promise<void>

  /** Whose it was, if there was one. */
  end(tokenHash: Uint8Array): Promise<UserId | undefined>

  endAllOf(userId: UserId): Promise<void>

  /** Drops what expired before `before`. */
  forget(before: Date): Promise<void>
}
