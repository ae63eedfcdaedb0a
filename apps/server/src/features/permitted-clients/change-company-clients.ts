import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditEntry, type AuditStore, actorOf } from '../audit/index.ts'
import { findClientId } from './client-uri.ts'
import { assertOpen, type Companies } from './companies.ts'
import { companyClientErrors } from './company-client.ts'
import type { CompanyClientStore } from './company-client-store.ts'
import { assertMayOfferClients, assertMayPermitFor } from './company-policy.ts'
import type { ClientRequestStore } from './requests/client-request-store.ts'
import type { ClientStandingStore } from './standing-store.ts'

interface Stores extends ClientStandingStore {
  readonly companyClients: Pick<CompanyClientStore, 'lockAvailable' | 'replacePermitted' | 'add' | 'remove'>
  readonly clientRequests: Pick<ClientRequestStore, 'removeOf'>
  readonly audit: AuditStore
}

export interface ChangeCompanyClientsDeps {
  readonly clock: Clock
  readonly companies: Companies
  /** Where clients are known by; without a slash at its end. */
  readonly baseUrl: string
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

interface ClientLink {
  readonly href: string
}

interface CompanyAct {
  readonly caller: Principal
  readonly requestId: string
  readonly company: number
}

export interface ReplacePermittedInput extends CompanyAct {
  readonly links: readonly ClientLink[]
}

/** From now on the company permits these clients and no others: all of them, or nothing changes. */
export async function replacePermittedClients(
  deps: ChangeCompanyClientsDeps,
  input: ReplacePermittedInput,
): Promise<void> {
  const { caller, company, links } = input
  assertMayPermitFor(caller, company)
  await assertOpen(deps.companies, company)
  const clientIds = readLinks(links, deps)
  const at = deps.clock.now()
  await deps.inTransaction(async ({ companyClients, clientRequests, audit }) => {
    const available = await companyClients.lockAvailable(company)
    const missing = clientIds.filter((id) => !available.has(id))
    if (missing.length > 0) throw companyClientErrors.not_available(missing)
    const changed = await companyClients.replacePermitted(company, clientIds)
    if (changed.length === 0) return
    const permitted = changed.filter(({ isPermitted }) => isPermitted).map(({ clientId }) => clientId)
    const withdrawn = changed.filter(({ isPermitted }) => !isPermitted).map(({ clientId }) => clientId)
    await clientRequests.removeOf(company, permitted)
    const object = { type: 'organisation', id: String(company) }
    const details = { permitted: permitted.toSorted(), withdrawn: withdrawn.toSorted() }
    await audit.record({ ...entryOf(input, at), action: 'permitted_client.replace', object, details })
  })
}

export interface AddClientInput extends CompanyAct {
  readonly link: ClientLink
}

/** Makes a client available to the company. What is available stays as it is, permitted or not. */
export async function addCompanyClient(deps: ChangeCompanyClientsDeps, input: AddClientInput): Promise<void> {
  const { caller, company, link } = input
  assertMayOfferClients(caller)
  await assertOpen(deps.companies, company)
  const [clientId = ''] = readLinks([link], deps)
  const at = deps.clock.now()
  await deps.inTransaction(async ({ companyClients, findStanding, audit }) => {
    if (!(await findStanding(company, clientId))) throw companyClientErrors.client_not_found(clientId)
    const isNew = await companyClients.add(company, clientId)
    if (isNew) await audit.record({ ...entryOf(input, at), action: 'permitted_client.add', object: client(clientId) })
  })
}

export interface RemoveClientInput extends CompanyAct {
  readonly clientId: string
}

/** Takes a client from the company; whoever comes with it is refused at once. */
export async function removeCompanyClient(deps: ChangeCompanyClientsDeps, input: RemoveClientInput): Promise<void> {
  const { caller, company, clientId } = input
  assertMayOfferClients(caller)
  await assertOpen(deps.companies, company)
  const at = deps.clock.now()
  await deps.inTransaction(async ({ companyClients, audit }) => {
    if (!(await companyClients.remove(company, clientId))) throw companyClientErrors.client_not_found(clientId)
    await audit.record({ ...entryOf(input, at), action: 'permitted_client.remove', object: client(clientId) })
  })
}

type EntryStart = Pick<AuditEntry, 'organisation' | 'at' | 'actor'> & { readonly requestId: string }

function entryOf({ caller, company, requestId }: CompanyAct, at: Date): EntryStart {
  return { organisation: company, at, actor: actorOf(caller), requestId }
}

function client(id: string): AuditEntry['object'] {
  return { type: 'client', id }
}

/** Throws `permitted_client.bad_link` with every link that is none to a client of this server. */
function readLinks(
  links: readonly ClientLink[],
  { baseUrl }: Pick<ChangeCompanyClientsDeps, 'baseUrl'>,
): readonly string[] {
  const ids = links.map(({ href }) => findClientId(href, baseUrl))
  const bad = links.filter((_, index) => ids[index] === undefined).map(({ href }) => href)
  if (bad.length > 0) throw companyClientErrors.bad_link(bad)
  return ids.filter((id) => id !== undefined)
}
