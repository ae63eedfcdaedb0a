import type { Page } from '../../kernel/page.ts'
import type { Organisation } from './organisation.ts'

/** `add` and `save` throw `organisation.name_taken`: names are compared without case. */
export interface OrganisationStore {
  /** In the order of their ids; only `only` when it is given. */
  list(slice: { readonly only?: number; readonly offset: number; readonly limit: number }): Promise<Page<Organisation>>

  /** Undefined when there is none of that id. */
  isEnabled(id: number): Promise<boolean | undefined>

  /** Locks the organisation until the end of the transaction. */
  findForChange(id: number): Promise<Organisation | undefined>

  add(organisation: Pick<Organisation, 'name' | 'connectorRetentionPeriod' | 'createdAt'>): Promise<Organisation>

  save(organisation: Organisation): Promise<void>
}
