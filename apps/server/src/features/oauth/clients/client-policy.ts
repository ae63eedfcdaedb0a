import { refuseApps, requireFlag } from '../../../kernel/access.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { clientErrors } from './client-errors.ts'

export function assertMayViewClients(caller: Principal): void {
  if (caller.role !== 'superadmin') throw clientErrors.superadmin_only()
  requireFlag(caller, 'allow_modify_clients')
}

/** A client, with its secret, is a way in that would outlive the app or the connector that made it. */
export function assertMayManageClients(caller: Principal): void {
  refuseApps(caller)
  assertMayViewClients(caller)
}
