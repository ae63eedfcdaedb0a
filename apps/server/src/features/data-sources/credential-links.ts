import type { Principal } from '../../kernel/principal.ts'

/** How a request names login credentials: by id or by name, or as the interface itself shows them. */
export type CredentialReference = number | string | { readonly id?: number; readonly name?: string }

/** Login credentials as a data source names those that are linked to it. */
export interface LinkedCredential {
  readonly id: number
  readonly name: string
}

/** What links login credentials to data sources, in the transaction of the act; whoever has them says who may. */
export interface CredentialLinks {
  /**
   * Links these to the data source, and no others. Throws where one is unknown, or newly linked and not the caller's to
   * edit: an editor of a data source must not get at every secret of the organisation by linking it.
   */
  replaceLinks(caller: Principal, dataSource: number, references: readonly CredentialReference[]): Promise<void>
}
