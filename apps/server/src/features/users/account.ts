import { refuseApps, requireFlag } from '../../kernel/access.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import { type AdminCandidate, adminErrors } from '../organisations/index.ts'
import type { User } from './user.ts'

/** A user with what decides who may change the account. */
export interface Account extends User {
  readonly role: Principal['role']
  readonly flags: ReadonlySet<PermissionFlag>
  /** True when there is a local password. */
  readonly hasPassword: boolean
  /** True for the user that a client application acts as: nobody signs in as it. */
  readonly isOfClient: boolean
}

/** What a proposal may ask about accounts that are to be changed. */
export interface AccountReads {
  findAccount(id: string): Promise<Account | undefined>
  /** Every superadmin who can still act, locked against change until the turn ends. */
  lockSuperadmins(): Promise<readonly AdminCandidate[]>
  /** Repositories whose files differ when the user has no access: of the head, and of all that may still be enforced. */
  repositoriesSpeakingTo(user: string): Promise<readonly string[]>
}

export interface AccountWrites {
  changeAccount(user: User): Promise<void>
  /** Disabling ends the user's sessions too. */
  setEnabled(user: string, enabled: boolean): Promise<void>
}

/** Plain users are changed by who may modify users, admins by who may modify admins, superadmins by superadmins. */
export function assertMayChangeAccount(caller: Principal, { role }: Pick<Account, 'role'>): void {
  requireFlag(caller, role === 'user' ? 'allow_modify_users' : 'allow_modify_admins')
  if (role === 'superadmin' && caller.role !== 'superadmin') throw adminErrors.superadmin_only()
}

/**
 * Whoever says which directory entry an account is decides whose password opens it. So they must hold what it holds, as
 * where flags are handed out, and no app does it, as with passwords.
 */
export function assertMayLink(caller: Principal, { role, flags }: Pick<Account, 'role' | 'flags'>): void {
  refuseApps(caller)
  const lacking = role === 'user' ? [] : [...flags].filter((flag) => !caller.flags.has(flag))
  if (lacking.length > 0) throw adminErrors.flag_not_held(...lacking)
}

/** For whom it does not matter yet whether there is such an account. */
export function assertMayChangeSomeAccount(caller: Principal): void {
  requireFlag(caller, 'allow_modify_users', 'allow_modify_admins')
}

/** Throws unless the caller may look at this user: everybody may look at themselves. */
export function assertMayViewUser(caller: Principal, id: string): void {
  if (caller.userId === id && caller.organisation === caller.homeOrganisation) return
  requireFlag(caller, 'allow_view_users', 'allow_modify_users', 'allow_modify_teams')
}
