import { accessErrors, requireFlag } from '../../kernel/access.ts'
import { holds, type Principal, type Rights } from '../../kernel/principal.ts'
import { organisationErrors } from '../organisations/index.ts'

/** A company is an organisation. */
export interface Company {
  readonly id: number
  readonly isEnabled: boolean
}

/** Admins of the company, whatever they may change, and every superadmin. */
export function assertMayViewClientsOf(caller: Principal, company: number): void {
  if (caller.role === 'user') throw accessErrors.not_admin('see which client applications a company lets in')
  if (caller.role !== 'superadmin' && caller.homeOrganisation !== company) throw organisationErrors.other()
}

/** To permit what is available is the company's own matter. */
export function assertMayPermitFor(caller: Principal, company: number): void {
  assertMayViewClientsOf(caller, company)
  requireFlag(caller, 'allow_modify_clients')
}

/** What is available to a company is for superadmins to say. */
export function assertMayOfferClients(caller: Rights): void {
  if (caller.role !== 'superadmin') throw organisationErrors.superadmin_only()
  requireFlag(caller, 'allow_modify_clients')
}

/** Of companies that are enabled. */
export function mayOfferClients(caller: Principal): boolean {
  return caller.role === 'superadmin' && holds(caller, 'allow_modify_clients')
}

/** Of those who may view the clients of a company that is enabled. */
export function mayPermit(caller: Principal): boolean {
  return holds(caller, 'allow_modify_clients')
}
