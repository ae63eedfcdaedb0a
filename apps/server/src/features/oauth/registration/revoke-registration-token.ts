import type { Clock } from '../../../kernel/clock.ts'
import { parseId } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { assertMayManageClients } from '../clients/client-policy.ts'
import { oauthErrors } from '../oauth-errors.ts'
import type { RegistrationTokenId } from './registration-token.ts'
import type { RegistrationTokenStore } from './registration-token-store.ts'

interface Stores {
  readonly registrationTokens: Pick<RegistrationTokenStore, 'remove'>
  readonly audit: AuditStore
}

export interface RevokeRegistrationTokenDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface RevokeRegistrationTokenInput {
  readonly caller: Principal
  readonly requestId: string
  /** As it stands in the path. */
  readonly id: string
}

/** Nothing registers with the token any more; what has stays. */
export async function revokeRegistrationToken(
  deps: RevokeRegistrationTokenDeps,
  { caller, requestId, id: text }: RevokeRegistrationTokenInput,
): Promise<void> {
  assertMayManageClients(caller)
  const id = parseId<RegistrationTokenId>(text)
  await deps.inTransaction(async ({ registrationTokens, audit }) => {
    if (!id || !(await registrationTokens.remove(id))) throw oauthErrors.no_registration_token(text)
    await audit.record({
      organisation: null,
      at: deps.clock.now(),
      actor: actorOf(caller),
      action: 'registration_token.revoke',
      object: { type: 'registration_token', id },
      requestId,
    })
  })
}
