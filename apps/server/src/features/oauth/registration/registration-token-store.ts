import type { Page } from '../../../kernel/page.ts'
import type { ListedRegistrationToken, RegistrationToken, RegistrationTokenId } from './registration-token.ts'

export interface NewRegistrationToken extends RegistrationToken {
  readonly tokenHash: Uint8Array
  readonly createdBy: string
}

/** Initial access tokens, found by their SHA-256. Those that have expired are there until they are swept. */
export interface RegistrationTokenStore {
  add(token: NewRegistrationToken): Promise<void>
  find(tokenHash: Uint8Array): Promise<RegistrationToken | undefined>
  /** Counts one use of it; undefined, and nothing done, when it is gone, expired or used up. */
  use(tokenHash: Uint8Array, at: Date): Promise<RegistrationTokenId | undefined>
  /** In the order they were made in. */
  list(slice: { readonly offset: number; readonly limit: number }): Promise<Page<ListedRegistrationToken>>
  /** False when there was none. */
  remove(id: RegistrationTokenId): Promise<boolean>
}
