import type { UserId } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { SecondFactorStore } from './second-factor-store.ts'

export interface GetSecondFactorDeps {
  readonly secondFactors: Pick<SecondFactorStore, 'find' | 'countRecoveryCodes'>
}

export interface SecondFactorStanding {
  readonly state: 'off' | 'pending' | 'on'
  readonly turnedOnAt: Date | undefined
  readonly recoveryCodesLeft: number
}

/** How the caller's own second factor stands. */
export async function getSecondFactor(
  { secondFactors }: GetSecondFactorDeps,
  caller: Principal,
): Promise<SecondFactorStanding> {
  const userId = caller.userId as UserId
  const factor = await secondFactors.find(userId)
  if (!factor) return { state: 'off', turnedOnAt: undefined, recoveryCodesLeft: 0 }
  const recoveryCodesLeft = await secondFactors.countRecoveryCodes(userId)
  return { state: factor.turnedOnAt ? 'on' : 'pending', turnedOnAt: factor.turnedOnAt, recoveryCodesLeft }
}
