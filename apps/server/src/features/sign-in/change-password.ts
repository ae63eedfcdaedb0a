import { refuseApps, requireFlag } from '../../kernel/access.ts'
import type { Clock } from '../../kernel/clock.ts'
import { parseId, type UserId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditEntry, type AuditStore, actorOf } from '../audit/index.ts'
import type { Account } from './account.ts'
import { assertMayChangeSignIn } from './account-policy.ts'
import type { AccountStore } from './account-store.ts'
import type { LockOutStore } from './lock-out/lock-out-store.ts'
import { assertOwnPassword, type PasswordProofDeps } from './own-proof.ts'
import { type PasswordHasher, parseNewPassword } from './password.ts'
import type { SessionStore } from './sessions/session-store.ts'
import { signInErrors } from './sign-in-errors.ts'

interface Stores {
  readonly accounts: Pick<AccountStore, 'findForChange' | 'setPassword'>
  readonly sessions: Pick<SessionStore, 'endAllOf'>
  readonly lockOuts: Pick<LockOutStore, 'countFailure' | 'lock'>
  readonly audit: AuditStore
}

export interface ChangePasswordDeps extends Omit<PasswordProofDeps, 'inTransaction'> {
  readonly clock: Clock
  readonly passwords: PasswordHasher
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ChangePasswordInput {
  readonly caller: Principal
  readonly requestId: string
  /** The peer's address. */
  readonly source: string
  /** As it stands in the path. */
  readonly userId: string
  readonly password: string
  /** Needed by those who change their own. */
  readonly currentPassword?: string | undefined
}

/** Sets a local password and ends every session of the user. */
export async function changePassword(deps: ChangePasswordDeps, input: ChangePasswordInput): Promise<void> {
  const { caller } = input
  refuseApps(caller)
  const password = parseNewPassword(input.password)
  const seen = await deps.inTransaction(({ accounts }) => getChangeable(accounts, input))
  const currentPassword = input.currentPassword ?? ''
  if (seen.id === caller.userId) await assertOwnPassword(deps, input, { account: seen, password: currentPassword })
  const passwordHash = await deps.passwords.hash(password)
  await deps.inTransaction(async ({ accounts, sessions, audit }) => {
    // Hashing takes long, so no lock was held meanwhile; the target may have become somebody the caller may not touch.
    const target = await getChangeable(accounts, input)
    await accounts.setPassword(target.id, passwordHash)
    await sessions.endAllOf(target.id)
    await audit.record({ ...about(input, target), at: deps.clock.now(), action: 'password.change' })
  })
}

async function getChangeable(
  accounts: Pick<AccountStore, 'findForChange'>,
  input: ChangePasswordInput,
): Promise<Account> {
  const { caller } = input
  const id = parseId<UserId>(input.userId)
  const isOwn = id === caller.userId
  if (!isOwn) requireFlag(caller, 'allow_modify_users', 'allow_modify_admins')
  const target = id && (await accounts.findForChange(id))
  const reach = isOwn ? caller.homeOrganisation : caller.organisation
  if (target?.organisation !== reach) throw signInErrors.user_not_found(input.userId)
  if (!isOwn) assertMayChangeSignIn(caller, target)
  if (target.isOfClient) throw signInErrors.client_user()
  if (target.inDirectory) throw signInErrors.directory_user()
  if (target.email === undefined) throw signInErrors.email_missing()
  return target
}

function about(input: ChangePasswordInput, target: Account): Omit<AuditEntry, 'at' | 'action'> {
  return {
    organisation: target.organisation,
    actor: actorOf(input.caller),
    object: { type: 'user', id: target.id },
    details: { username: target.username },
    requestId: input.requestId,
  }
}
