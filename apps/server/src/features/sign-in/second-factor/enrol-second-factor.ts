import type { Clock } from '../../../kernel/clock.ts'
import type { UserId } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { AuditStore } from '../../audit/index.ts'
import type { AccountStore } from '../account-store.ts'
import { ownEntry } from '../own-proof.ts'
import type { SecretSource } from '../secret-source.ts'
import { requireFreshSignIn } from '../sessions/fresh-sign-in.ts'
import { secondFactorErrors, signInErrors } from '../sign-in-errors.ts'
import { encodeBase32 } from './base32.ts'
import { otpauthUri, SECRET_BYTES, type SecretSealer, sealRecord } from './second-factor.ts'
import type { SecondFactorStore } from './second-factor-store.ts'

interface Stores {
  readonly accounts: Pick<AccountStore, 'findForChange'>
  readonly secondFactors: Pick<SecondFactorStore, 'putPending'>
  readonly audit: AuditStore
}

export interface EnrolSecondFactorDeps {
  readonly clock: Clock
  readonly secrets: Pick<SecretSource, 'bytes'>
  readonly sealer: SecretSealer
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface EnrolSecondFactorInput {
  readonly caller: Principal
  readonly requestId: string
}

export interface Enrolment {
  /** Base32, for typing. */
  readonly secret: string
  /** The same and more, for scanning. */
  readonly uri: string
}

/**
 * Gives the caller a secret for their authenticator app, and shows it nowhere else. It has no effect until they turn it on
 * with a first code. Who found a session open must not lock its owner out, so it takes a fresh sign-in.
 */
export async function enrolSecondFactor(
  deps: EnrolSecondFactorDeps,
  { caller, requestId }: EnrolSecondFactorInput,
): Promise<Enrolment> {
  const enrolledAt = deps.clock.now()
  requireFreshSignIn(caller, enrolledAt)
  const userId = caller.userId as UserId
  const secret = encodeBase32(deps.secrets.bytes(SECRET_BYTES))
  const sealedSecret = deps.sealer.seal(secret, sealRecord(userId))
  const account = await deps.inTransaction(async ({ accounts, secondFactors, audit }) => {
    const own = await accounts.findForChange(userId)
    if (!own) throw signInErrors.not_valid()
    if (!(await secondFactors.putPending({ userId, sealedSecret, enrolledAt }))) throw secondFactorErrors.on()
    await audit.record(ownEntry(deps, { caller, requestId }, { account: own, action: 'second_factor.enrol' }))
    return own
  })
  return { secret, uri: otpauthUri(account.email ?? account.username, secret) }
}
