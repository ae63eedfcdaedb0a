import type { Page } from '../../../kernel/page.ts'
import type { ClientApplication } from './client-application.ts'

export interface ClientStore {
  /** Also one that is disabled. */
  find(clientId: string): Promise<ClientApplication | undefined>

  /** Locks the client until the end of the transaction. */
  findForChange(clientId: string): Promise<ClientApplication | undefined>

  /** In the order of their names. */
  list(slice: { readonly offset: number; readonly limit: number }): Promise<Page<ClientApplication>>

  add(client: ClientApplication): Promise<void>

  /** All but whom it acts as, and who made it when: that stays. */
  save(client: ClientApplication): Promise<void>

  /** With all that organisations decided about it, and all its tokens. */
  remove(clientId: string): Promise<void>
}

/** What a proposal writes of clients that act for themselves. */
export interface ClientWrites {
  insertClient(client: ClientApplication): Promise<void>
  removeClient(clientId: string): Promise<void>
}
