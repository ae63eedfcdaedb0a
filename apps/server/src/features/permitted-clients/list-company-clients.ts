import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Companies, getCompany } from './companies.ts'
import { type ClientUser, type CompanyClient, companyClientErrors } from './company-client.ts'
import type { CompanyClientStore, Slice } from './company-client-store.ts'
import { assertMayViewClientsOf, type Company } from './company-policy.ts'

export interface ListCompanyClientsDeps {
  readonly companies: Companies
  readonly companyClients: Pick<CompanyClientStore, 'list' | 'listPermitted' | 'listUsers'>
}

export interface CompanyListInput {
  readonly caller: Principal
  readonly company: number
  readonly slice: Slice
}

/** What is available to a company. */
export async function listCompanyClients(
  { companies, companyClients }: ListCompanyClientsDeps,
  { caller, company: id, slice }: CompanyListInput,
): Promise<Page<CompanyClient> & { readonly company: Company }> {
  assertMayViewClientsOf(caller, id)
  const company = await getCompany(companies, id)
  return { company, ...(await companyClients.list(id, slice)) }
}

/** Ids of what a company permits. */
export async function listPermittedClients(
  { companies, companyClients }: ListCompanyClientsDeps,
  { caller, company, slice }: CompanyListInput,
): Promise<Page<string>> {
  assertMayViewClientsOf(caller, company)
  await getCompany(companies, company)
  return companyClients.listPermitted(company, slice)
}

/** Who of a company has come with a client that is available to it. */
export async function listClientUsers(
  { companies, companyClients }: ListCompanyClientsDeps,
  { caller, company, clientId, slice }: CompanyListInput & { readonly clientId: string },
): Promise<Page<ClientUser>> {
  assertMayViewClientsOf(caller, company)
  await getCompany(companies, company)
  const users = await companyClients.listUsers(company, clientId, slice)
  if (!users) throw companyClientErrors.client_not_found(clientId)
  return users
}
