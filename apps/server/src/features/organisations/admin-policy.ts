import { requireFlag } from '../../kernel/access.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import { type AdminCandidate, type AdminRights, adminErrors } from './admin.ts'

/** Whether `caller` may turn `before`'s rights into `after`. */
export function assertMayChangeAdmin(caller: Principal, before: AdminRights, after: AdminRights): void {
  requireFlag(caller, 'allow_modify_admins')
  if (after.role === 'user' && after.flags.size > 0) throw adminErrors.flags_without_role()
  const concernsSuperadmin = before.role === 'superadmin' || after.role === 'superadmin'
  if (concernsSuperadmin && caller.role !== 'superadmin') throw adminErrors.superadmin_only()
  const notHeld = newFlags(before, after).filter((flag) => !caller.flags.has(flag))
  if (notHeld.length > 0) throw adminErrors.flag_not_held(...notHeld)
}

/** A plain user's flags are dormant: with a role they come to life, so all of them count as new. */
function newFlags(before: AdminRights, after: AdminRights): PermissionFlag[] {
  return [...after.flags].filter((flag) => before.role === 'user' || !before.flags.has(flag))
}

type Standing = Pick<AdminCandidate, 'role' | 'flags' | 'enabled'> & { readonly id: string }

export interface AdminChange {
  readonly callerId: string
  readonly before: Standing
  /** Undefined when the user is deleted. */
  readonly after: Standing | undefined
  /** Every superadmin who is enabled in an enabled organisation, locked against change until the change is committed. */
  readonly superadmins: readonly Standing[]
}

/**
 * Refuses a change (of rights, to disabled, to deleted) after which no superadmin could appoint admins any more, or by
 * which callers take away their own last admin right.
 */
export function assertAdminRemains({ callerId, before, after, superadmins }: AdminChange): void {
  if (callerId === before.id && isAdmin(before) && !(after && isAdmin(after))) throw adminErrors.own_last_right()
  const others = superadmins.filter(({ id }) => id !== before.id)
  const loses = canAppoint(before) && !(after && canAppoint(after))
  if (loses && !others.some(canAppoint)) throw adminErrors.last_superadmin()
}

function isAdmin({ enabled, role, flags }: Standing): boolean {
  return enabled && role !== 'user' && flags.size > 0
}

function canAppoint({ enabled, role, flags }: Standing): boolean {
  return enabled && role === 'superadmin' && flags.has('allow_modify_admins')
}
