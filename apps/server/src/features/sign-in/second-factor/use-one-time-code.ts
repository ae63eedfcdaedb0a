import type { Clock } from '../../../kernel/clock.ts'
import type { UserId } from '../../../kernel/ids.ts'
import type { AuditEntry, AuditStore } from '../../audit/index.ts'
import type { SecretSource } from '../secret-source.ts'
import { decodeBase32 } from './base32.ts'
import { matchingStep } from './one-time-code.ts'
import { parseRecoveryCode } from './recovery-code.ts'
import { type SecondFactor, type SecretSealer, sealRecord } from './second-factor.ts'
import type { SecondFactorStore } from './second-factor-store.ts'

interface Stores {
  readonly secondFactors: Pick<SecondFactorStore, 'useStep' | 'useRecoveryCode'>
  readonly audit: AuditStore
}

export interface UseOneTimeCodeDeps {
  readonly clock: Clock
  readonly secrets: Pick<SecretSource, 'digest'>
  readonly sealer: SecretSealer
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface TokenAttempt {
  /** A code of the authenticator app, or a recovery code. */
  readonly token: string
  /** What the audit record says if a recovery code is used up. */
  readonly onRecoveryCode: AuditEntry
}

/** True for a right token, which is not right any more from then on. */
export async function useOneTimeCode(
  deps: UseOneTimeCodeDeps,
  factor: SecondFactor,
  { token, onRecoveryCode }: TokenAttempt,
): Promise<boolean> {
  const recoveryCode = parseRecoveryCode(token)
  if (recoveryCode !== undefined) {
    return await deps.inTransaction(async ({ secondFactors, audit }) => {
      const isRight = await secondFactors.useRecoveryCode(factor.userId, deps.secrets.digest(recoveryCode))
      if (isRight) await audit.record(onRecoveryCode)
      return isRight
    })
  }
  const step = stepOf(deps, factor, token)
  return step !== undefined && (await deps.inTransaction(({ secondFactors }) => secondFactors.useStep(factor, step)))
}

/** The time step whose code the token is, if it is one that may be used now. Throws `sealed_secret.*`. */
export function stepOf(
  { clock, sealer }: Pick<UseOneTimeCodeDeps, 'clock' | 'sealer'>,
  { userId, sealedSecret, lastStep }: SecondFactor,
  token: string,
): number | undefined {
  return matchingStep(openSecret(sealer, userId, sealedSecret), { token, now: clock.now(), lastStep })
}

function openSecret(sealer: SecretSealer, userId: UserId, sealedSecret: string): Uint8Array {
  return decodeBase32(sealer.open(sealedSecret, sealRecord(userId)))
}
