import { requireFlag } from '../../kernel/access.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Account } from './account.ts'
import { signInErrors } from './sign-in-errors.ts'

/** What setting somebody's password takes, and ending their sessions: as much as appointing them would. */
export function assertMayChangeSignIn(caller: Principal, target: Pick<Account, 'role'>): void {
  requireFlag(caller, target.role === 'user' ? 'allow_modify_users' : 'allow_modify_admins')
  assertReaches(caller, target)
}

/** Without a second factor an account is weaker, whoever's it is: for those who answer for admins. */
export function assertMayResetSecondFactor(caller: Principal, target: Pick<Account, 'role'>): void {
  requireFlag(caller, 'allow_modify_admins')
  assertReaches(caller, target)
}

function assertReaches(caller: Principal, target: Pick<Account, 'role'>): void {
  if (target.role === 'superadmin' && caller.role !== 'superadmin') throw signInErrors.superadmin_only()
}
