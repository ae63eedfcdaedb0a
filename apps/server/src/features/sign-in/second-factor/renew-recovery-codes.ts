import {
  assertOwnProof,
  getOwn,
  type OwnProofDeps,
  type OwnProofStores,
  ownEntry,
  type Proof,
  type Prover,
} from '../own-proof.ts'
import type { SecretSource } from '../secret-source.ts'
import { secondFactorErrors } from '../sign-in-errors.ts'
import { newRecoveryCodes, recoveryCodeHashes } from './recovery-code.ts'
import type { SecondFactorStore } from './second-factor-store.ts'

interface Stores extends OwnProofStores {
  readonly secondFactors: SecondFactorStore
}

export interface RenewRecoveryCodesDeps extends Omit<OwnProofDeps, 'inTransaction' | 'secrets'> {
  readonly secrets: Pick<SecretSource, 'bytes' | 'digest'>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface RenewRecoveryCodesInput extends Prover {
  readonly proof: Proof
}

/** New recovery codes, shown this once; the old ones are good no more. */
export async function renewRecoveryCodes(
  deps: RenewRecoveryCodesDeps,
  input: RenewRecoveryCodesInput,
): Promise<readonly string[]> {
  const { account, factor } = await getOwn(deps, input.caller)
  if (!factor?.turnedOnAt) throw secondFactorErrors.off()
  await assertOwnProof(deps, input, { account, factor, proof: input.proof })
  const codes = newRecoveryCodes(deps.secrets)
  await deps.inTransaction(async ({ accounts, secondFactors, audit }) => {
    // Locked, so that of two renewals at once one follows the other; it may have been turned off meanwhile.
    await accounts.findForChange(account.id)
    if (!(await secondFactors.find(account.id))?.turnedOnAt) throw secondFactorErrors.off()
    await secondFactors.replaceRecoveryCodes(account.id, recoveryCodeHashes(codes, deps.secrets.digest))
    await audit.record(ownEntry(deps, input, { account, action: 'second_factor.renew_recovery_codes' }))
  })
  return codes
}
