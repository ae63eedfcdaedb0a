import type { IdSource } from '../../../kernel/ids.ts'
import type { AuditStore } from '../../audit/index.ts'
import type { Account } from '../account.ts'
import type { AccountStore } from '../account-store.ts'
import type { LockOutStore } from '../lock-out/lock-out-store.ts'
import { attemptEntry, type ProveAccountDeps, proveAccount } from '../prove-account.ts'
import type { SecondFactorStore } from '../second-factor/second-factor-store.ts'
import type { SecretSource } from '../secret-source.ts'
import { signInErrors } from '../sign-in-errors.ts'
import { type SessionId, sessionEnd } from './session.ts'
import type { SessionStore } from './session-store.ts'

interface Stores {
  readonly sessions: Pick<SessionStore, 'add' | 'end'>
  readonly lockOuts: LockOutStore
  readonly secondFactors: SecondFactorStore
  readonly audit: AuditStore
}

export interface LogInDeps extends Omit<ProveAccountDeps, 'inTransaction'> {
  readonly accounts: Pick<AccountStore, 'findByEmail'>
  readonly ids: IdSource
  readonly secrets: SecretSource
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface LogInInput {
  readonly email: string
  readonly password: string
  /** A one-time or recovery code, for accounts with two factors. */
  readonly token: string | undefined
  /** The peer's address. */
  readonly source: string
  readonly userAgent: string | undefined
  /** The session the browser had so far: it ends. */
  readonly oldToken: string | undefined
  readonly requestId: string
}

export interface LoggedIn {
  readonly account: Account
  readonly token: string
  readonly expiresAt: Date
}

// What it says is kept for its owner to read, and nobody says how long it is.
const USER_AGENT_LENGTH = 256

/** A new session for who shows all that the account asks for; otherwise throws what `proveAccount` does. */
export async function logIn(deps: LogInDeps, input: LogInInput): Promise<LoggedIn> {
  const findAccount = () => deps.accounts.findByEmail(input.email)
  const account = await proveAccount(deps, { ...input, typed: input.email, findAccount })
  const token = deps.secrets.next()
  const createdAt = deps.clock.now()
  const expiresAt = sessionEnd(createdAt, createdAt)
  await deps.inTransaction(async ({ sessions, audit }) => {
    const isAdded = await sessions.add({
      id: deps.ids.next<SessionId>(),
      tokenHash: deps.secrets.digest(token),
      userId: account.id,
      passwordHash: account.passwordHash,
      createdAt,
      expiresAt,
      source: input.source,
      userAgent: input.userAgent?.slice(0, USER_AGENT_LENGTH),
    })
    // What changed just now, the next attempt is told.
    if (!isAdded) throw signInErrors.bad_credentials()
    if (input.oldToken) await sessions.end(deps.secrets.digest(input.oldToken))
    await audit.record(attemptEntry(input, account, createdAt)('sign_in.succeed'))
  })
  return { account, token, expiresAt }
}
