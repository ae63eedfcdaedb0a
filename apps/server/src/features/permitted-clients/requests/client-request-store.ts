import type { Page } from '../../../kernel/page.ts'
import type { Slice } from '../company-client-store.ts'
import type { ClientRequest } from './client-request.ts'

/** Names one request: nobody has two for one client. */
export interface RequestKey {
  readonly company: number
  readonly clientId: string
  readonly userId: string
}

export interface ClientRequestStore {
  /** The oldest first; none for what is permitted by now. */
  list(company: number, slice: Slice): Promise<Page<ClientRequest>>

  /** Keeps the first request where there is one; false then. */
  add(request: RequestKey & Pick<ClientRequest, 'reason' | 'requestedAt'>): Promise<boolean>

  /** False when there was none. */
  remove(key: RequestKey): Promise<boolean>

  /** Deletes everybody's requests for these clients; answers whose they were. */
  removeOf(company: number, clientIds: readonly string[]): Promise<readonly string[]>
}
