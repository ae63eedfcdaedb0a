import { requireFlag } from '../../kernel/access.ts'
import type { Principal, Rights } from '../../kernel/principal.ts'
import { organisationErrors } from '../organisations/index.ts'
import type { Connector } from './connector.ts'

/** What settles whom somebody reaches. */
type Reach = Pick<Principal, 'role' | 'homeOrganisation'>
type Target = Pick<Connector, 'organisation' | 'organisationEnabled'>

export function assertMayViewConnectors(caller: Principal): void {
  requireFlag(caller, 'allow_view_users', 'allow_modify_users')
}

export function assertMayModifyConnectors(caller: Rights): void {
  requireFlag(caller, 'allow_modify_users')
}

/** Superadmins reach every organisation's connectors, also without naming it; admins their own (the seed: 403). */
export function assertReaches(caller: Reach, { organisation }: Target): void {
  if (caller.role !== 'superadmin' && organisation !== caller.homeOrganisation) throw organisationErrors.other()
}

/** What is within reach can be changed while its organisation is enabled (the seed: 409). */
export function assertMayChange(caller: Reach, connector: Target): void {
  assertReaches(caller, connector)
  if (!connector.organisationEnabled) throw organisationErrors.target_disabled(connector.organisation)
}
