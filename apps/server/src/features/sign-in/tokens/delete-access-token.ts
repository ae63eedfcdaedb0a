import { refuseApps } from '../../../kernel/access.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { parseId, type UserId } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { accessTokenErrors } from '../sign-in-errors.ts'
import type { AccessTokenId } from './access-token.ts'
import type { AccessTokenStore } from './access-token-store.ts'

interface Stores {
  readonly accessTokens: Pick<AccessTokenStore, 'remove'>
  readonly audit: AuditStore
}

export interface DeleteAccessTokenDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface DeleteAccessTokenInput {
  readonly caller: Principal
  readonly requestId: string
  /** As it stands in the path. */
  readonly id: string
}

/** Deletes a token of the caller's own: it is refused from the next request on. */
export async function deleteAccessToken(
  deps: DeleteAccessTokenDeps,
  { caller, requestId, id: text }: DeleteAccessTokenInput,
): Promise<void> {
  refuseApps(caller)
  const id = parseId<AccessTokenId>(text)
  await deps.inTransaction(async ({ accessTokens, audit }) => {
    const removed = id && (await accessTokens.remove(caller.userId as UserId, id))
    if (!removed) throw accessTokenErrors.not_found(text)
    await audit.record({
      organisation: caller.homeOrganisation,
      at: deps.clock.now(),
      actor: actorOf(caller),
      action: 'access_token.delete',
      object: { type: 'access_token', id: removed.id },
      details: { name: removed.name },
      requestId,
    })
  })
}
