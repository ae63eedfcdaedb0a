import type { Clock } from '../../../kernel/clock.ts'
import type { AuditActor, AuditEntry, AuditStore } from '../../audit/index.ts'
import { organisationErrors } from '../../organisations/index.ts'
import type { Account } from '../account.ts'
import type { AccountStore } from '../account-store.ts'
import { type CheckPasswordDeps, checkPassword } from '../lock-out/check-password.ts'
import { lockOutKeys } from '../lock-out/lock-out.ts'
import type { LockOutStore } from '../lock-out/lock-out-store.ts'
import type { SecretSource } from '../secret-source.ts'
import { signInErrors } from '../sign-in-errors.ts'
import { type VerifyPasswordDeps, verifyPassword } from '../verify-password.ts'
import { sessionEnd } from './session.ts'
import type { SessionStore } from './session-store.ts'

interface Stores {
  readonly sessions: Pick<SessionStore, 'add' | 'end'>
  readonly lockOuts: LockOutStore
  readonly audit: AuditStore
}

export interface LogInDeps extends Omit<CheckPasswordDeps, 'inTransaction'>, VerifyPasswordDeps {
  readonly clock: Clock
  monotonicMs(): number
  pause(forMs: number): Promise<void>
  readonly accounts: Pick<AccountStore, 'findByEmail'>
  readonly secrets: SecretSource
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface LogInInput {
  readonly email: string
  readonly password: string
  /** The peer's address. */
  readonly source: string
  /** The session the browser had so far: it ends. */
  readonly oldToken: string | undefined
  readonly requestId: string
}

export interface LoggedIn {
  readonly account: Account
  readonly token: string
  readonly expiresAt: Date
}

// Longer than a directory takes to refuse a password: a bind and a hash take different times, and which of them it was,
// or none, is nobody's business who does not know the password.
const FAILURES_TAKE_MS = 500

/**
 * A new session for the right email address and password. Anything wrong with either is `sign_in.bad_credentials`, after
 * the same time; that an account or its organisation is disabled is told only to who knows the password.
 */
export async function logIn(deps: LogInDeps, input: LogInInput): Promise<LoggedIn> {
  const startedAtMs = deps.monotonicMs()
  try {
    return await tryLogIn(deps, input)
  } catch (error) {
    await deps.pause(Math.max(0, startedAtMs + FAILURES_TAKE_MS - deps.monotonicMs()))
    throw error
  }
}

async function tryLogIn(deps: LogInDeps, input: LogInInput): Promise<LoggedIn> {
  const account = await deps.accounts.findByEmail(input.email)
  const keys = lockOutKeys(deps.secrets.digest, input.email, input.source)
  const entry = attemptEntry(input, account, deps.clock.now())
  const verify = () => verifyPassword(deps, account, input.password)
  const isRight = await checkPassword(deps, { keys, verify, onFailure: entry('sign_in.fail') })
  if (!account || !isRight) throw signInErrors.bad_credentials()
  const refusal = refusalOf(account)
  if (refusal) {
    await deps.inTransaction(({ audit }) => audit.record(entry('sign_in.refuse', { code: refusal.code })))
    throw refusal
  }
  const token = deps.secrets.next()
  const createdAt = deps.clock.now()
  const expiresAt = sessionEnd(createdAt, createdAt)
  await deps.inTransaction(async ({ sessions, lockOuts, audit }) => {
    // The source keeps its count: else who owns one account could guess at others for ever.
    for (const key of keys) if (key.rule === 'account') await lockOuts.clear(key.text)
    if (input.oldToken) await sessions.end(deps.secrets.digest(input.oldToken))
    await sessions.add({ tokenHash: deps.secrets.digest(token), userId: account.id, createdAt, expiresAt })
    await audit.record(entry('sign_in.succeed'))
  })
  return { account, token, expiresAt }
}

function refusalOf({ enabled, organisationEnabled }: Account) {
  if (!enabled) return signInErrors.account_disabled()
  return organisationEnabled ? undefined : organisationErrors.disabled()
}

/** What is typed for an unknown account is not kept: it may be a password in the wrong field. */
function attemptEntry({ source, requestId }: LogInInput, account: Account | undefined, at: Date) {
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
