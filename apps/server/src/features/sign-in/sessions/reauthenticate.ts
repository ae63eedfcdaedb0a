import {
  assertOwnPassword,
  assertOwnToken,
  getOwn,
  type OwnProofDeps,
  type OwnProofStores,
  ownEntry,
  type Prover,
} from '../own-proof.ts'
import { secondFactorErrors } from '../sign-in-errors.ts'
import type { SessionStore } from './session-store.ts'

interface Stores extends OwnProofStores {
  readonly sessions: Pick<SessionStore, 'renew'>
}

export interface ReauthenticateDeps extends Omit<OwnProofDeps, 'inTransaction'> {
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ReauthenticateInput extends Prover {
  readonly password: string
  /** Needed with two-factor on. */
  readonly token?: string | undefined
}

/** Makes the caller's session as fresh as a new one, for who shows all that signing in takes; answers since when it is. */
export async function reauthenticate(deps: ReauthenticateDeps, input: ReauthenticateInput): Promise<Date> {
  const { password, token } = input
  const { session, account, factor } = await getOwn(deps, input.caller)
  await assertOwnPassword(deps, input, { account, password })
  if (factor?.turnedOnAt) {
    if (token === undefined) throw secondFactorErrors.token_missing()
    await assertOwnToken(deps, input, { account, factor, token })
  }
  const at = deps.clock.now()
  await deps.inTransaction(async ({ sessions, audit }) => {
    await sessions.renew(session.id, at)
    await audit.record(ownEntry(deps, input, { account, action: 'sign_in.renew' }))
  })
  return at
}
