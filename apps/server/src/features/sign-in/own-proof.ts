import type { UserId } from '../../kernel/ids.ts'
import type { CallersSession, Principal } from '../../kernel/principal.ts'
import { type AuditEntry, type AuditStore, actorOf } from '../audit/index.ts'
import type { Account } from './account.ts'
import type { AccountStore } from './account-store.ts'
import { type CheckPasswordDeps, checkPassword } from './lock-out/check-password.ts'
import { lockOutKeys } from './lock-out/lock-out.ts'
import type { LockOutStore } from './lock-out/lock-out-store.ts'
import type { SecondFactor } from './second-factor/second-factor.ts'
import type { SecondFactorStore } from './second-factor/second-factor-store.ts'
import { type UseOneTimeCodeDeps, useOneTimeCode } from './second-factor/use-one-time-code.ts'
import type { SecretSource } from './secret-source.ts'
import { secondFactorErrors, signInErrors } from './sign-in-errors.ts'
import { type VerifyPasswordDeps, verifyPassword } from './verify-password.ts'

/** Who is signed in already, and has to show once more that it is they. */
export interface Prover {
  readonly caller: Principal
  readonly requestId: string
  /** The peer's address. */
  readonly source: string
}

export interface PasswordProofDeps extends Omit<CheckPasswordDeps, 'inTransaction'>, VerifyPasswordDeps {
  readonly secrets: Pick<SecretSource, 'digest'>
  inTransaction<T>(
    work: (stores: {
      readonly lockOuts: Pick<LockOutStore, 'countFailure' | 'lock'>
      readonly audit: AuditStore
    }) => Promise<T>,
  ): Promise<T>
}

/** Throws `sign_in.wrong_password`, counted as a failed sign-in is, and `sign_in.locked_out`. */
export async function assertOwnPassword(
  deps: PasswordProofDeps,
  prover: Prover,
  { account, password }: { readonly account: Account; readonly password: string },
): Promise<void> {
  const isRight = await checkPassword(deps, {
    keys: keysOf(deps, prover, account),
    verify: () => verifyPassword(deps, account, password),
    onFailure: ownEntry(deps, prover, { account, action: 'password.fail' }),
  })
  if (!isRight) throw signInErrors.wrong_password()
}

export interface OwnProofStores {
  readonly accounts: Pick<AccountStore, 'findForChange'>
  readonly secondFactors: Pick<SecondFactorStore, 'find' | 'useStep' | 'useRecoveryCode'>
  readonly lockOuts: Pick<LockOutStore, 'countFailure' | 'lock'>
  readonly audit: AuditStore
}

export interface OwnProofDeps
  extends Omit<PasswordProofDeps, 'inTransaction'>,
    Omit<UseOneTimeCodeDeps, 'inTransaction'> {
  inTransaction<T>(work: (stores: OwnProofStores) => Promise<T>): Promise<T>
}

/** The caller as one who signs in. */
export interface Own {
  readonly session: CallersSession
  readonly account: Account
  /** Also one that is not turned on yet. */
  readonly factor: SecondFactor | undefined
}

/** Throws `sign_in.session_needed` for access tokens: how somebody signs in is for who signed in to say. */
export async function getOwn(deps: Pick<OwnProofDeps, 'inTransaction'>, caller: Principal): Promise<Own> {
  const { session } = caller
  if (!session) throw signInErrors.session_needed()
  return await deps.inTransaction(async ({ accounts, secondFactors }) => {
    const account = await accounts.findForChange(caller.userId as UserId)
    if (!account) throw signInErrors.not_valid()
    return { session, account, factor: await secondFactors.find(account.id) }
  })
}

/** Throws `second_factor.wrong_token`, counted as a wrong password is, and `sign_in.locked_out`. */
export async function assertOwnToken(
  deps: OwnProofDeps,
  prover: Prover,
  {
    account,
    factor,
    token,
  }: Omit<Own, 'session' | 'factor'> & { readonly factor: SecondFactor; readonly token: string },
): Promise<void> {
  const onRecoveryCode = ownEntry(deps, prover, { account, action: 'second_factor.use_recovery_code' })
  await getRightCode(deps, prover, {
    account,
    find: async () => (await useOneTimeCode(deps, factor, { token, onRecoveryCode })) || undefined,
  })
}

/** As `assertOwnToken`, for a code that `find` looks for; what it finds. */
export async function getRightCode<Found>(
  deps: Omit<PasswordProofDeps, keyof VerifyPasswordDeps>,
  prover: Prover,
  { account, find }: { readonly account: Account; find(): Promise<Found | undefined> },
): Promise<Found> {
  let found: Found | undefined
  const wasRight = await checkPassword(deps, {
    keys: keysOf(deps, prover, account),
    async verify() {
      found = await find()
      return found !== undefined
    },
    onFailure: ownEntry(deps, prover, { account, action: 'second_factor.fail' }),
  })
  if (!wasRight || found === undefined) throw secondFactorErrors.wrong_token()
  return found
}

/** Either proof will do, not both: what is not needed is not looked at, and must not seem to have been. */
export async function assertOwnProof(
  deps: OwnProofDeps,
  prover: Prover,
  {
    account,
    factor,
    proof,
  }: Omit<Own, 'session' | 'factor'> & { readonly factor: SecondFactor; readonly proof: Proof },
): Promise<void> {
  const { password, token } = proof
  if (password !== undefined && token === undefined) await assertOwnPassword(deps, prover, { account, password })
  else if (token !== undefined && password === undefined) await assertOwnToken(deps, prover, { account, factor, token })
  else throw secondFactorErrors.proof_missing()
}

export interface Proof {
  readonly password?: string | undefined
  readonly token?: string | undefined
}

/** The record of something the caller did to their own account. */
export function ownEntry(
  { clock }: Pick<PasswordProofDeps, 'clock'>,
  { caller, requestId }: Omit<Prover, 'source'>,
  { account, action }: { readonly account: Pick<Account, 'id' | 'username' | 'organisation'>; readonly action: string },
): AuditEntry {
  return {
    organisation: account.organisation,
    at: clock.now(),
    actor: actorOf(caller),
    action,
    object: { type: 'user', id: account.id },
    details: { username: account.username },
    requestId,
  }
}

function keysOf({ secrets }: Pick<PasswordProofDeps, 'secrets'>, { source }: Prover, { id }: Account) {
  return lockOutKeys(secrets.digest, { account: id, source })
}
