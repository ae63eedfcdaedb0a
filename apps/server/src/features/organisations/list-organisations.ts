import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Organisation } from './organisation.ts'
import { assertMayViewOrganisations } from './organisation-policy.ts'
import type { OrganisationSlice, OrganisationStore } from './organisation-store.ts'

export interface ListOrganisationsDeps {
  readonly organisations: Pick<OrganisationStore, 'list'>
}

export interface ListOrganisationsInput {
  readonly caller: Principal
  /** 1-based. */
  readonly page: number
  readonly pageSize: number
  readonly search: string | undefined
  readonly sort: OrganisationSlice['sort']
  readonly descending: boolean
}

/** All organisations for a superadmin, their own for an admin. */
export async function listOrganisations(
  deps: ListOrganisationsDeps,
  { caller, page, pageSize, ...order }: ListOrganisationsInput,
): Promise<Page<Organisation>> {
  assertMayViewOrganisations(caller)
  const slice = { ...order, offset: (page - 1) * pageSize, limit: pageSize }
  return deps.organisations.list(caller.role === 'superadmin' ? slice : { ...slice, only: caller.homeOrganisation })
}
