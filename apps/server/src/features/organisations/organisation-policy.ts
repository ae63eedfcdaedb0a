import { requireFlag } from '../../kernel/access.ts'
import type { Principal } from '../../kernel/principal.ts'
import { organisationErrors } from './organisation.ts'

export function assertMayViewOrganisations(caller: Principal): void {
  requireFlag(caller, 'allow_view_settings', 'allow_modify_settings')
}

export function assertMayModifyOrganisations(caller: Principal): void {
  if (caller.role !== 'superadmin') throw organisationErrors.superadmin_only()
  requireFlag(caller, 'allow_modify_settings')
}

/**
 * The caller's own organisation stays enabled: disabling it would take away their last admin right, and, when all
 * superadmins belong to it, everyone's.
 */
export function assertMaySwitchOff(caller: Principal, organisation: number): void {
  if (caller.homeOrganisation === organisation) throw organisationErrors.own()
}

/** What the lookup of a caller finds out about organisations. */
export interface OrganisationStanding {
  readonly home: { readonly id: number; readonly enabled: boolean }
  /** The organisation the request names, if it does; `enabled` is undefined when there is none of that id. */
  readonly named: { readonly id: number; readonly enabled: boolean | undefined } | undefined
}

/** The organisation a request acts on: the caller's own, unless a superadmin names another. */
export function actingOrganisation(role: Principal['role'], standing: OrganisationStanding): number {
  const { home, named } = standing
  if (!home.enabled) throw organisationErrors.disabled()
  if (!named || named.id === home.id) return home.id
  if (role !== 'superadmin') throw organisationErrors.other()
  if (named.enabled === undefined) throw organisationErrors.not_found(named.id)
  if (!named.enabled) throw organisationErrors.target_disabled(named.id)
  return named.id
}
