import type { UserId } from '../../../kernel/ids.ts'
import type { SecondFactor } from './second-factor.ts'

export type NewSecondFactor = Pick<SecondFactor, 'userId' | 'sealedSecret' | 'enrolledAt'>

export interface SecondFactorStore {
  find(userId: UserId): Promise<SecondFactor | undefined>
  countRecoveryCodes(userId: UserId): Promise<number>

  /** Stores a pending one in the place of a pending one. False when one is on. */
  putPending(factor: NewSecondFactor): Promise<boolean>

  /** False when what is pending is not `sealedSecret` any more. */
  turnOn(factor: Pick<SecondFactor, 'userId' | 'sealedSecret'>, turned: { at: Date; step: number }): Promise<boolean>

  /**
   * Remembers that a code was accepted. False when one of that or a later step was before, or the secret is another by
   * now: of two requests with one code, one succeeds.
   */
  useStep(factor: Pick<SecondFactor, 'userId' | 'sealedSecret'>, step: number): Promise<boolean>

  /** Forgets a recovery code; false when there is none like it. */
  useRecoveryCode(userId: UserId, codeHash: Uint8Array): Promise<boolean>

  replaceRecoveryCodes(userId: UserId, codeHashes: readonly Uint8Array[]): Promise<void>

  /** Forgets secret and recovery codes; false when there was nothing. */
  remove(userId: UserId): Promise<boolean>
}
