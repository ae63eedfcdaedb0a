import type { Principal } from '../../kernel/principal.ts'
import { type Organisation, organisationErrors, parseOrganisationId } from './organisation.ts'
import { assertMayViewOrganisations } from './organisation-policy.ts'
import type { OrganisationStore } from './organisation-store.ts'

export interface GetOrganisationDeps {
  readonly organisations: Pick<OrganisationStore, 'find'>
}

export interface GetOrganisationInput {
  readonly caller: Principal
  /** As it stands in the path. */
  readonly id: string
}

/** One of those that `listOrganisations` shows the caller. */
export async function getOrganisation(
  deps: GetOrganisationDeps,
  { caller, id }: GetOrganisationInput,
): Promise<Organisation> {
  assertMayViewOrganisations(caller)
  const number = parseOrganisationId(id)
  const isShown = caller.role === 'superadmin' || number === caller.homeOrganisation
  const organisation = isShown && number !== undefined ? await deps.organisations.find(number) : undefined
  if (!organisation) throw organisationErrors.not_found(id)
  return organisation
}
