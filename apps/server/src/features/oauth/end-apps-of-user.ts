import { refuseApps } from '../../kernel/access.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import type { ConsentStore } from './consent-store.ts'
import { oauthErrors } from './oauth-errors.ts'
import type { GrantStore } from './records/grant-store.ts'
import { assertMayEndAppsOf, getLookedAfter } from './users-apps-policy.ts'

interface Stores {
  readonly consents: Pick<ConsentStore, 'findUser' | 'remove'>
  readonly grants: Pick<GrantStore, 'removeAll'>
  readonly audit: AuditStore
}

export interface EndAppsOfUserDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface EndAppsOfUserInput {
  readonly caller: Principal
  readonly requestId: string
  /** As it stands in the path. */
  readonly userId: string
  /** All of them without. */
  readonly clientId?: string
}

/** The user's sign-ins to an app, or to all apps, end on every device, and each has to ask the user again. */
export async function endAppsOfUser(
  deps: EndAppsOfUserDeps,
  { caller, requestId, userId, clientId }: EndAppsOfUserInput,
): Promise<void> {
  refuseApps(caller)
  await deps.inTransaction(async ({ consents, grants, audit }) => {
    const user = await getLookedAfter(consents, caller, userId)
    assertMayEndAppsOf(caller, user)
    const clients = await consents.remove(user.id, clientId)
    if (clientId !== undefined && clients.length === 0) throw oauthErrors.no_app_of_user(userId, clientId)
    await grants.removeAll(user.id, clientId)
    await audit.record({
      organisation: user.organisation,
      at: deps.clock.now(),
      actor: actorOf(caller),
      action: 'user.end_apps',
      object: { type: 'user', id: user.id },
      details: { clients },
      requestId,
    })
  })
}
