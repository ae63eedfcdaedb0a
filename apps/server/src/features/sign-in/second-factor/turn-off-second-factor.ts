import {
  assertOwnProof,
  getOwn,
  type OwnProofDeps,
  type OwnProofStores,
  ownEntry,
  type Proof,
  type Prover,
} from '../own-proof.ts'
import { secondFactorErrors } from '../sign-in-errors.ts'
import type { SecondFactorStore } from './second-factor-store.ts'

interface Stores extends OwnProofStores {
  readonly secondFactors: SecondFactorStore
}

export interface TurnOffSecondFactorDeps extends Omit<OwnProofDeps, 'inTransaction'> {
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface TurnOffSecondFactorInput extends Prover {
  readonly proof: Proof
}

/** Turns the caller's own off, or gives up an enrolment: forgets the secret and the recovery codes. */
export async function turnOffSecondFactor(
  deps: TurnOffSecondFactorDeps,
  input: TurnOffSecondFactorInput,
): Promise<void> {
  const { account, factor } = await getOwn(deps, input.caller)
  if (!factor) throw secondFactorErrors.off()
  await assertOwnProof(deps, input, { account, factor, proof: input.proof })
  await deps.inTransaction(async ({ secondFactors, audit }) => {
    if (!(await secondFactors.remove(account.id))) throw secondFactorErrors.off()
    await audit.record(ownEntry(deps, input, { account, action: 'second_factor.turn_off' }))
  })
}
