import type { Clock } from '../../../kernel/clock.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { companyClientErrors } from '../company-client.ts'
import { REFUSALS, refusalOf } from '../gate.ts'
import type { ClientStandingStore } from '../standing-store.ts'
import { clientRequestErrors, parseReason } from './client-request.ts'
import type { ClientRequestStore } from './client-request-store.ts'

interface Stores extends ClientStandingStore {
  readonly clientRequests: Pick<ClientRequestStore, 'add'>
  readonly audit: AuditStore
}

export interface RequestClientDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface RequestClientInput {
  readonly caller: Principal
  readonly requestId: string
  readonly clientId: string
  readonly reason: string | undefined
}

/**
 * Has the admins of the caller's own company asked to permit a client. Asking twice is asking once, and asking for what is
 * permitted by now is nothing.
 */
export async function requestClient(deps: RequestClientDeps, input: RequestClientInput): Promise<void> {
  const { caller, requestId, clientId } = input
  const reason = parseReason(input.reason)
  const company = caller.homeOrganisation
  const at = deps.clock.now()
  await deps.inTransaction(async ({ clientRequests, findStanding, audit }) => {
    const standing = await findStanding(company, clientId)
    if (!standing) throw companyClientErrors.client_not_found(clientId)
    const refusal = refusalOf(standing)
    if (refusal === undefined) return
    if (refusal === 'client_disabled') throw clientRequestErrors.client_disabled(REFUSALS[refusal])
    const isNew = await clientRequests.add({ company, clientId, userId: caller.userId, reason, requestedAt: at })
    if (!isNew) return
    await audit.record({
      organisation: company,
      at,
      actor: actorOf(caller),
      action: 'client_request.create',
      object: { type: 'client', id: clientId },
      ...(reason !== undefined && { details: { reason } }),
      requestId,
    })
  })
}
