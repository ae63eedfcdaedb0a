import type { Clock } from '../../../kernel/clock.ts'
import { parseId, type UserId } from '../../../kernel/ids.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../../audit/index.ts'
import { assertOpen, type Companies } from '../companies.ts'
import type { CompanyClientStore } from '../company-client-store.ts'
import { assertMayPermitFor, mayOfferClients } from '../company-policy.ts'
import { clientRequestErrors } from './client-request.ts'
import type { ClientRequestStore, RequestKey } from './client-request-store.ts'

interface Stores {
  readonly companyClients: Pick<CompanyClientStore, 'lockAvailable' | 'add' | 'permit'>
  readonly clientRequests: Pick<ClientRequestStore, 'remove' | 'removeOf'>
  readonly audit: AuditStore
}

export interface DecideRequestDeps {
  readonly clock: Clock
  readonly companies: Companies
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface DecideRequestInput extends RequestKey {
  readonly caller: Principal
  readonly requestId: string
}

/** Permits the client for the company, and so for everybody who asked. A superadmin makes it available, too. */
export async function permitRequest(deps: DecideRequestDeps, input: DecideRequestInput): Promise<void> {
  const { caller, company, clientId } = input
  await decide(deps, input, async ({ companyClients, clientRequests }, userId) => {
    // What is permitted is locked before what is asked for, as wherever both change: two who decide at once wait, and no more.
    const isAvailable = (await companyClients.lockAvailable(company)).has(clientId)
    const mayAdd = mayOfferClients(caller)
    if (!isAvailable && mayAdd) await companyClients.add(company, clientId)
    const asked = await clientRequests.removeOf(company, [clientId])
    if (!asked.includes(userId)) throw clientRequestErrors.not_found()
    if (!isAvailable && !mayAdd) throw clientRequestErrors.not_available()
    await companyClients.permit(company, clientId)
    const users = [userId, ...asked.filter((other) => other !== userId)]
    return { action: 'client_request.permit', details: { users, ...(!isAvailable && { madeAvailable: true }) } }
  })
}

/** Takes one user's request off the list; the client stays as it is. */
export async function declineRequest(deps: DecideRequestDeps, input: DecideRequestInput): Promise<void> {
  const { company, clientId } = input
  await decide(deps, input, async ({ clientRequests }, userId) => {
    if (!(await clientRequests.remove({ company, clientId, userId }))) throw clientRequestErrors.not_found()
    return { action: 'client_request.decline', details: { users: [userId] } }
  })
}

interface Decided {
  readonly action: string
  readonly details: Readonly<Record<string, unknown>>
}

async function decide(
  deps: DecideRequestDeps,
  { caller, requestId, company, clientId, userId: text }: DecideRequestInput,
  work: (stores: Stores, userId: UserId) => Promise<Decided>,
): Promise<void> {
  assertMayPermitFor(caller, company)
  await assertOpen(deps.companies, company)
  const userId = parseId<UserId>(text)
  if (!userId) throw clientRequestErrors.not_found()
  const at = deps.clock.now()
  await deps.inTransaction(async (stores) => {
    const decided = await work(stores, userId)
    const object = { type: 'client', id: clientId }
    await stores.audit.record({ organisation: company, at, actor: actorOf(caller), object, ...decided, requestId })
  })
}
