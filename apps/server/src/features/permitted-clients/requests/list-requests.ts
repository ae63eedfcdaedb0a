import type { Page } from '../../../kernel/page.ts'
import { type Companies, getCompany } from '../companies.ts'
import { assertMayViewClientsOf, type Company } from '../company-policy.ts'
import type { CompanyListInput } from '../list-company-clients.ts'
import type { ClientRequest } from './client-request.ts'
import type { ClientRequestStore } from './client-request-store.ts'

export interface ListRequestsDeps {
  readonly companies: Companies
  readonly clientRequests: Pick<ClientRequestStore, 'list'>
}

export async function listClientRequests(
  { companies, clientRequests }: ListRequestsDeps,
  { caller, company: id, slice }: CompanyListInput,
): Promise<Page<ClientRequest> & { readonly company: Company }> {
  assertMayViewClientsOf(caller, id)
  const company = await getCompany(companies, id)
  return { company, ...(await clientRequests.list(id, slice)) }
}
