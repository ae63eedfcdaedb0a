import type { Payload, RecordKind } from './oauth-record.ts'

export interface NewRecord {
  readonly kind: RecordKind
  readonly idHash: Uint8Array
  readonly payload: Payload
  readonly expiresAt: Date
  readonly grantId: string | undefined
  /** Of sessions: the name that other records know them by. */
  readonly sessionUid: string | undefined
}

export interface FoundRecord {
  readonly payload: Payload
  readonly consumedAt: Date | undefined
}

/** Codes, refresh tokens, sessions and interactions, found by the SHA-256 of what is shown for them. */
export interface RecordStore {
  /** Replaces the record if there is one. False, and nothing done, when its grant is gone. */
  put(record: NewRecord): Promise<boolean>
  find(kind: RecordKind, idHash: Uint8Array): Promise<FoundRecord | undefined>
  findSession(uid: string): Promise<FoundRecord | undefined>
  /** False when it was consumed before, or is gone: of many at once, one is told true. */
  consume(kind: RecordKind, idHash: Uint8Array, at: Date): Promise<boolean>
  remove(kind: RecordKind, idHash: Uint8Array): Promise<void>
}
