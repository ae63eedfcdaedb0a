import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Organisation } from './organisation.ts'
import { assertMayViewOrganisations } from './organisation-policy.ts'
import type { OrganisationStore } from './organisation-store.ts'

export interface ListOrganisationsDeps {
  readonly organisations: Pick<OrganisationStore, 'list'>
}

export interface ListOrganisationsInput {
  readonly caller: Principal
  /** 1-based. */
  readonly page: number
  readonly pageSize: number
}

/** All organisations for a superadmin, their own for an admin. */
export async function listOrganisations(
  deps: ListOrganisationsDeps,
  { caller, page, pageSize }: ListOrganisationsInput,
): Promise<Page<Organisation>> {
  assertMayViewOrganisations(caller)
  const slice = { offset: (page - 1) * pageSize, limit: pageSize }
  return deps.organisations.list(caller.role === 'superadmin' ? slice : { ...slice, only: caller.homeOrganisation })
}
