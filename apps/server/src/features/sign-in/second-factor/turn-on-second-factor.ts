import { getOwn, getRightCode, type OwnProofDeps, type OwnProofStores, ownEntry, type Prover } from '../own-proof.ts'
import type { SecretSource } from '../secret-source.ts'
import type { SessionStore } from '../sessions/session-store.ts'
import { secondFactorErrors } from '../sign-in-errors.ts'
import { newRecoveryCodes, recoveryCodeHashes } from './recovery-code.ts'
import type { SecondFactorStore } from './second-factor-store.ts'
import { stepOf } from './use-one-time-code.ts'

interface Stores extends OwnProofStores {
  readonly secondFactors: SecondFactorStore
  readonly sessions: Pick<SessionStore, 'endOthersOf'>
}

export interface TurnOnSecondFactorDeps extends Omit<OwnProofDeps, 'inTransaction' | 'secrets'> {
  readonly secrets: Pick<SecretSource, 'bytes' | 'digest'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface TurnOnSecondFactorInput extends Prover {
  readonly token: string
}

/**
 * Turns on what was enrolled, for who shows a first code, and answers the recovery codes: they are shown this once. The
 * user's other sessions end: they were begun with one factor.
 */
export async function turnOnSecondFactor(
  deps: TurnOnSecondFactorDeps,
  input: TurnOnSecondFactorInput,
): Promise<readonly string[]> {
  const { session, account, factor } = await getOwn(deps, input.caller)
  if (factor?.turnedOnAt) throw secondFactorErrors.on()
  if (!factor) throw secondFactorErrors.not_pending()
  const step = await getRightCode(deps, input, { account, find: async () => stepOf(deps, factor, input.token) })
  const turned = { at: deps.clock.now(), step }
  const codes = newRecoveryCodes(deps.secrets)
  await deps.inTransaction(async ({ secondFactors, sessions, audit }) => {
    if (!(await secondFactors.turnOn(factor, turned))) throw secondFactorErrors.not_pending()
    await secondFactors.replaceRecoveryCodes(account.id, recoveryCodeHashes(codes, deps.secrets.digest))
    await sessions.endOthersOf(account.id, session.id)
    await audit.record(ownEntry(deps, input, { account, action: 'second_factor.turn_on' }))
  })
  return codes
}
