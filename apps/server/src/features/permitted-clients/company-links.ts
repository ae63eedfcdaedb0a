import type { Principal } from '../../kernel/principal.ts'
import { toClientUri } from './client-uri.ts'
import type { CompanyClient } from './company-client.ts'
import { type Company, mayOfferClients, mayPermit } from './company-policy.ts'
import type { ClientRequest } from './requests/client-request.ts'

export interface Link {
  readonly rel: string
  readonly href: string
}

/** Where lists of a company are: `part` is below its clients. */
export function companyUrl(baseUrl: string, company: number, part = ''): string {
  return `${baseUrl}/people/companies/${company}/clients${part}`
}

/** How much of a list is asked for. */
export interface PageQuery {
  /** 1-based. */
  readonly page: number
  readonly page_size: number
}

export const MOST_ON_A_PAGE = 1000

/** `self`, and where the list goes on before and after this page. */
export function pageLinks(url: string, { page, page_size: size }: PageQuery, total: number): readonly Link[] {
  const at = (rel: string, number: number) => ({ rel, href: pageUrl(url, number, size) })
  return [
    at('self', page),
    ...(page > 1 ? [at('prev', page - 1)] : []),
    ...(page * size < total ? [at('next', page + 1)] : []),
  ]
}

function pageUrl(url: string, page: number, size: number): string {
  if (size === MOST_ON_A_PAGE) return page === 1 ? url : `${url}?page=${page}`
  return `${url}?page=${page}&page_size=${size}`
}

/** The header `Link` (RFC 8288) for lists that have no place for links; undefined where the list is on one page. */
export function linkHeader(links: readonly Link[]): string | undefined {
  const others = links.filter(({ rel }) => rel !== 'self')
  return others.length === 0 ? undefined : others.map(({ rel, href }) => `<${href}>;rel="${rel}"`).join(', ')
}

export interface LinkContext {
  readonly baseUrl: string
  readonly caller: Principal
  readonly company: Company
}

/** What can be done with the clients of a company; the seed shows it to superadmins alone. */
export function companyActLinks({ baseUrl, caller, company }: LinkContext): readonly Link[] {
  const url = companyUrl(baseUrl, company.id)
  return [
    ...(company.isEnabled && mayOfferClients(caller)
      ? [
          { rel: 'add', href: url },
          { rel: 'permit', href: `${url}/permitted` },
        ]
      : []),
    ...(company.isEnabled && mayPermit(caller) ? [{ rel: 'requests', href: `${url}/requests` }] : []),
  ]
}

export function clientLinks({ baseUrl, caller, company }: LinkContext, { clientId }: CompanyClient): readonly Link[] {
  const url = companyUrl(baseUrl, company.id, `/${encodeURIComponent(clientId)}`)
  return [
    { rel: 'self', href: toClientUri(clientId, baseUrl) },
    ...(company.isEnabled && mayOfferClients(caller) ? [{ rel: 'delete', href: url }] : []),
    { rel: 'users', href: `${url}/users` },
  ]
}

/** `permit` only where it would succeed. */
export function requestLinks(context: LinkContext, { clientId, userId, isAvailable }: ClientRequest): readonly Link[] {
  const { baseUrl, caller, company } = context
  const url = companyUrl(baseUrl, company.id, `/requests/${encodeURIComponent(clientId)}/${userId}`)
  const mayDecide = company.isEnabled && mayPermit(caller)
  return [
    { rel: 'client', href: toClientUri(clientId, baseUrl) },
    ...(mayDecide && (isAvailable || mayOfferClients(caller)) ? [{ rel: 'permit', href: `${url}/permit` }] : []),
    ...(mayDecide ? [{ rel: 'decline', href: `${url}/decline` }] : []),
  ]
}
