import { refuseApps, requireFlag } from '../../../kernel/access.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { parseId, type UserId } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { AuditStore } from '../../audit/index.ts'
import { assertMayResetSecondFactor } from '../account-policy.ts'
import type { AccountStore } from '../account-store.ts'
import { ownEntry } from '../own-proof.ts'
import { secondFactorErrors, signInErrors } from '../sign-in-errors.ts'
import type { SecondFactorStore } from './second-factor-store.ts'

interface Stores {
  readonly accounts: Pick<AccountStore, 'findForChange'>
  readonly secondFactors: Pick<SecondFactorStore, 'remove'>
  readonly audit: AuditStore
}

export interface ResetSecondFactorDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ResetSecondFactorInput {
  readonly caller: Principal
  readonly requestId: string
  /** As it stands in the path. */
  readonly userId: string
}

/** Turns another's off, who has lost app and recovery codes. One's own takes the password or a code, flag or no flag. */
export async function resetSecondFactor(deps: ResetSecondFactorDeps, input: ResetSecondFactorInput): Promise<void> {
  const { caller, userId } = input
  refuseApps(caller)
  requireFlag(caller, 'allow_modify_admins')
  const id = parseId<UserId>(userId)
  if (id === caller.userId) throw secondFactorErrors.own()
  await deps.inTransaction(async ({ accounts, secondFactors, audit }) => {
    const target = id && (await accounts.findForChange(id))
    if (target?.organisation !== caller.organisation) throw signInErrors.user_not_found(userId)
    assertMayResetSecondFactor(caller, target)
    if (!(await secondFactors.remove(target.id))) throw secondFactorErrors.off()
    await audit.record(ownEntry(deps, input, { account: target, action: 'second_factor.reset' }))
  })
}
