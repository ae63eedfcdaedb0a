import type { Clock } from '../../kernel/clock.ts'
import type { AuditActor, AuditEntry, AuditStore } from '../audit/index.ts'
import { organisationErrors } from '../organisations/index.ts'
import type { Account } from './account.ts'
import { type CheckPasswordDeps, checkPassword } from './lock-out/check-password.ts'
import { type LockOutKey, lockOutKeys } from './lock-out/lock-out.ts'
import type { LockOutStore } from './lock-out/lock-out-store.ts'
import type { SecretSealer } from './second-factor/second-factor.ts'
import type { SecondFactorStore } from './second-factor/second-factor-store.ts'
import { useOneTimeCode } from './second-factor/use-one-time-code.ts'
import type { SecretSource } from './secret-source.ts'
import { signInErrors } from './sign-in-errors.ts'
import { type VerifyPasswordDeps, verifyPassword } from './verify-password.ts'

interface Stores {
  readonly lockOuts: Pick<LockOutStore, 'countFailure' | 'lock'>
  readonly secondFactors: Pick<SecondFactorStore, 'useStep' | 'useRecoveryCode'>
  readonly audit: AuditStore
}

export interface ProveAccountDeps extends Omit<CheckPasswordDeps, 'inTransaction' | 'lockOuts'>, VerifyPasswordDeps {
  readonly clock: Clock
  monotonicMs(): number
  pause(forMs: number): Promise<void>
  readonly lockOuts: Pick<LockOutStore, 'findLock' | 'clear'>
  readonly secrets: Pick<SecretSource, 'digest'>
  readonly secondFactors: Pick<SecondFactorStore, 'find'>
  readonly sealer: SecretSealer
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ProveAccountInput {
  /** Whom the attempt names, as it was typed. */
  readonly typed: string
  findAccount(): Promise<Account | undefined>
  readonly password: string
  /** A one-time or recovery code, for accounts with two factors. */
  readonly token?: string | undefined
  /** The peer's address. */
  readonly source: string
  readonly requestId: string
}

// Longer than a directory takes to refuse a password: a bind and a hash take different times, and which of them it was,
// or none, is nobody's business who does not know the password.
const FAILURES_TAKE_MS = 500

/**
 * The account of whoever shows its password, and a one-time code if it has two factors. Anything wrong with account or
 * password is `sign_in.bad_credentials`, after the same time; that an account or its organisation is disabled, or that a code
 * is missing or wrong, is told only to who knows the password.
 */
export async function proveAccount(deps: ProveAccountDeps, input: ProveAccountInput): Promise<Account> {
  const startedAtMs = deps.monotonicMs()
  try {
    return await tryProve(deps, input)
  } catch (error) {
    await deps.pause(Math.max(0, startedAtMs + FAILURES_TAKE_MS - deps.monotonicMs()))
    throw error
  }
}

async function tryProve(deps: ProveAccountDeps, input: ProveAccountInput): Promise<Account> {
  const account = await input.findAccount()
  const { typed: name, source } = input
  const keys = lockOutKeys(deps.secrets.digest, { account: account?.id, name, source })
  const entry = attemptEntry(input, account, deps.clock.now())
  const verify = () => verifyPassword(deps, account, input.password)
  const isRight = await checkPassword(deps, { keys, verify, onFailure: entry('sign_in.fail') })
  if (!account || !isRight) throw signInErrors.bad_credentials()
  const refusal = refusalOf(account)
  if (refusal) {
    await deps.inTransaction(({ audit }) => audit.record(entry('sign_in.refuse', { code: refusal.code })))
    throw refusal
  }
  await assertSecondFactor(deps, { account, token: input.token, keys, entry })
  // Not before the code is right: who knows the password must not guess at codes for ever. And the source keeps its count:
  // else who owns one account could guess at others for ever.
  for (const key of keys) if (key.rule === 'account') await deps.lockOuts.clear(key.text)
  return account
}

interface SecondFactorCheck {
  readonly account: Account
  readonly token: string | undefined
  readonly keys: readonly LockOutKey[]
  readonly entry: ReturnType<typeof attemptEntry>
}

async function assertSecondFactor(deps: ProveAccountDeps, check: SecondFactorCheck): Promise<void> {
  const { account, token, keys, entry } = check
  const factor = await deps.secondFactors.find(account.id)
  if (!factor?.turnedOnAt) return
  if (!token) {
    const missing = signInErrors.token_required()
    await deps.inTransaction(({ audit }) => audit.record(entry('sign_in.refuse', { code: missing.code })))
    throw missing
  }
  const wrong = signInErrors.bad_token()
  const isRight = await checkPassword(deps, {
    keys,
    verify: () => useOneTimeCode(deps, factor, { token, onRecoveryCode: entry('second_factor.use_recovery_code') }),
    onFailure: entry('sign_in.fail', { code: wrong.code }),
  })
  if (!isRight) throw wrong
}

function refusalOf({ enabled, organisationEnabled }: Account) {
  if (!enabled) return signInErrors.account_disabled()
  return organisationEnabled ? undefined : organisationErrors.disabled()
}

/** What is typed for an unknown account is not kept: it may be a password in the wrong field. */
export function attemptEntry(
  { source, requestId }: Pick<ProveAccountInput, 'source' | 'requestId'>,
  account: Account | undefined,
  at: Date,
) {
  const actor: AuditActor = { id: account?.id ?? null, name: account?.username ?? 'unknown', via: 'password' }
  return (action: string, details: Readonly<Record<string, unknown>> = {}): AuditEntry => ({
    organisation: account?.organisation ?? null,
    at,
    actor,
    action,
    object: { type: 'user', id: account?.id ?? 'unknown' },
    details: { source, ...details },
    requestId,
  })
}
