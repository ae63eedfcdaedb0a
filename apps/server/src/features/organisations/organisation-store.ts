import type { Page } from '../../kernel/page.ts'
import type { Organisation } from './organisation.ts'

export const ORGANISATION_SORTS = ['organisation_id', 'name', 'created_at'] as const

export interface OrganisationSlice {
  /** None but this one. */
  readonly only?: number
  /** What the name must contain, whatever the case. */
  readonly search?: string | undefined
  readonly sort: (typeof ORGANISATION_SORTS)[number]
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

/** `add` and `save` throw `organisation.name_taken`: names are compared without case. */
export interface OrganisationStore {
  list(slice: OrganisationSlice): Promise<Page<Organisation>>

  find(id: number): Promise<Organisation | undefined>

  /** Undefined when there is none of that id. */
  isEnabled(id: number): Promise<boolean | undefined>

  /** Locks the organisation until the end of the transaction. */
  findForChange(id: number): Promise<Organisation | undefined>

  add(organisation: Pick<Organisation, 'name' | 'connectorRetentionPeriod' | 'createdAt'>): Promise<Organisation>

  save(organisation: Organisation): Promise<void>
}
