import type { Page } from '../../kernel/page.ts'
import type { ClientUser, CompanyClient } from './company-client.ts'

export interface Slice {
  readonly offset: number
  readonly limit: number
}

export interface PermittedState {
  readonly clientId: string
  readonly isPermitted: boolean
}

/** What is available to companies, and permitted by them. */
export interface CompanyClientStore {
  /** In the order of their names. */
  list(company: number, slice: Slice): Promise<Page<CompanyClient>>

  /** Ids of those that are permitted, in the order of their names. */
  listPermitted(company: number, slice: Slice): Promise<Page<string>>

  /** Who came with a client, in the order in which users were made; undefined when it is not available. */
  listUsers(company: number, clientId: string, slice: Slice): Promise<Page<ClientUser> | undefined>

  /** Ids of all that are available, locked until the end of the transaction. */
  lockAvailable(company: number): Promise<ReadonlySet<string>>

  /** Permits these of what is available and no others; answers what has changed. */
  replacePermitted(company: number, clientIds: readonly string[]): Promise<readonly PermittedState[]>

  /** Permits one that is available; false when it was permitted. */
  permit(company: number, clientId: string): Promise<boolean>

  /** Makes one available, not permitted; false when it was available, whatever else, or there is no such client. */
  add(company: number, clientId: string): Promise<boolean>

  /** False when it was not available. */
  remove(company: number, clientId: string): Promise<boolean>
}
