import type { UserId } from '../../../kernel/ids.ts'
import type { Page } from '../../../kernel/page.ts'
import type { SignedInUser } from '../signed-in-user.ts'
import type { SessionId } from './session.ts'

/** A session as its owner may see it. */
export interface ShownSession {
  readonly id: SessionId
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
  /** When its owner last proved who they are. */
  readonly authenticatedAt: Date
  /** The address it was begun from; unknown of old ones. */
  readonly source: string | undefined
  readonly userAgent: string | undefined
}

export interface NewSession extends Pick<ShownSession, 'id' | 'createdAt' | 'expiresAt' | 'source' | 'userAgent'> {
  readonly tokenHash: Uint8Array
  readonly userId: UserId
  /** Of the password that was shown; undefined where a directory keeps it. */
  readonly passwordHash: string | undefined
}

export interface SessionStore {
  /** False when the user has been disabled since, or has another password, or is gone. */
  add(session: NewSession): Promise<boolean>
  /** One primary-key lookup and its joins, also when the session has expired; nothing is cached. */
  findUser(tokenHash: Uint8Array, namedOrganisation: number | undefined): Promise<SignedInUser | undefined>
  /** Does nothing when a use after `unlessSince` is written down already. */
  touch(tokenHash: Uint8Array, use: { at: Date; expiresAt: Date; unlessSince: Date }): Promise<void>
  /** Remembers that the owner proved again who they are. */
  renew(id: string, at: Date): Promise<void>
  /** Those that have not expired by `now`, the newest first. */
  listOf(userId: UserId, slice: { now: Date; offset: number; limit: number }): Promise<Page<ShownSession>>
  /** Whose it was, if there was one. */
  end(tokenHash: Uint8Array): Promise<UserId | undefined>
  /** False when the user has no such session. */
  endOneOf(userId: UserId, id: SessionId): Promise<boolean>
  /** Ends all but `keptId`; undefined keeps none. */
  endOthersOf(userId: UserId, keptId: string | undefined): Promise<void>
  endAllOf(userId: UserId): Promise<void>
  endAllIn(organisation: number): Promise<void>
  /** Drops what expired before `before`. */
  forget(before: Date): Promise<void>
}
