import { refuseApps } from '../../kernel/access.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import type { ConsentStore } from './consent-store.ts'
import { oauthErrors } from './oauth-errors.ts'
import type { GrantStore } from './records/grant-store.ts'

interface Stores {
  readonly consents: Pick<ConsentStore, 'remove'>
  readonly grants: Pick<GrantStore, 'removeAll'>
  readonly audit: AuditStore
}

export interface WithdrawConsentDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface WithdrawConsentInput {
  readonly caller: Principal
  readonly requestId: string
  readonly clientId: string
}

/** The caller no longer lets the app act for them: all its sign-ins end, on every device, and it has to ask again. */
export async function withdrawConsent(
  deps: WithdrawConsentDeps,
  { caller, requestId, clientId }: WithdrawConsentInput,
): Promise<void> {
  refuseApps(caller)
  await deps.inTransaction(async ({ consents, grants, audit }) => {
    const removed = await consents.remove(caller.userId, clientId)
    if (removed.length === 0) throw oauthErrors.no_consent(clientId)
    await grants.removeAll(caller.userId, clientId)
    await audit.record({
      organisation: caller.homeOrganisation,
      at: deps.clock.now(),
      actor: actorOf(caller),
      action: 'client.withdraw_consent',
      object: { type: 'client', id: clientId },
      requestId,
    })
  })
}
