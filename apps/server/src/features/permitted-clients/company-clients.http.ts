import { ClientLinkDto, ClientUsersDto, CompanyClientsDto, PermittedClientsDto } from '@portreeve/contract'
import { Type } from 'typebox'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import {
  addCompanyClient,
  type ChangeCompanyClientsDeps,
  removeCompanyClient,
  replacePermittedClients,
} from './change-company-clients.ts'
import { toClientUri } from './client-uri.ts'
import type { ClientUse } from './company-client.ts'
import {
  clientLinks,
  companyActLinks,
  companyUrl,
  linkHeader,
  MOST_ON_A_PAGE,
  type PageQuery,
  pageLinks,
} from './company-links.ts'
import {
  type ListCompanyClientsDeps,
  listClientUsers,
  listCompanyClients,
  listPermittedClients,
} from './list-company-clients.ts'

export type CompanyClientsDeps = ListCompanyClientsDeps & ChangeCompanyClientsDeps

export const HUDDLE = { dialect: 'permitted-clients', access: 'signed-in', formats: 'huddle' } as const
export const CompanyId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
export const PageParameters = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
  page_size: Type.Integer({ minimum: 1, maximum: MOST_ON_A_PAGE, default: MOST_ON_A_PAGE }),
})
export const VIEW_PERMISSION = 'admins of the company, and superadmins'
export const VIEW_ERRORS = ['access.not_admin', 'organisation.other', 'organisation.not_found']

const ROOT = '/people/companies/{id}/clients'
const COMPANY = Type.Object({ id: CompanyId })
const COMPANY_AND_CLIENT = Type.Object({ id: CompanyId, clientid: Type.String() })
const OFFER_PERMISSION = 'superadmin with allow_modify_clients'
const OFFER_ERRORS = [
  'organisation.superadmin_only',
  'access.flag_missing',
  'organisation.not_found',
  'organisation.target_disabled',
  'permitted_client.client_not_found',
]

/** Huddle's operations on the clients of one company, and who uses them, which is ours. */
export function companyClientsRoutes(deps: CompanyClientsDeps): Route[] {
  return [
    listRoute(deps),
    listPermittedRoute(deps),
    replacePermittedRoute(deps),
    addRoute(deps),
    removeRoute(deps),
    listUsersRoute(deps),
  ]
}

function listRoute(deps: CompanyClientsDeps): Route {
  return defineRoute({
    ...HUDDLE,
    method: 'GET',
    url: ROOT,
    name: 'listCompanyClients',
    summary: 'List the client applications that are available to a company',
    permission: VIEW_PERMISSION,
    params: COMPANY,
    query: PageParameters,
    answers: { 200: { description: 'In the order of their names', schema: CompanyClientsDto } },
    errors: VIEW_ERRORS,
    async handle({ caller, params: { id }, query }) {
      const { company, items, total } = await listCompanyClients(deps, { caller, company: id, slice: toSlice(query) })
      const context = { baseUrl: deps.baseUrl, caller, company }
      const clients = items.map((client) => ({
        ...client,
        links: clientLinks(context, client),
        use: toUseBody(client.use),
      }))
      const [self, ...pages] = pageLinks(companyUrl(deps.baseUrl, id), query, total)
      const body = { links: [self, ...companyActLinks(context), ...pages], clients }
      return { status: 200, headers: countHeader(total), body }
    },
  })
}

function listPermittedRoute(deps: CompanyClientsDeps): Route {
  return defineRoute({
    ...HUDDLE,
    method: 'GET',
    url: `${ROOT}/permitted`,
    name: 'listPermittedClients',
    summary: 'List the client applications that a company permits',
    permission: VIEW_PERMISSION,
    params: COMPANY,
    query: PageParameters,
    answers: {
      200: { description: 'In the order of their names; with a Link to further pages', schema: PermittedClientsDto },
    },
    errors: VIEW_ERRORS,
    async handle({ caller, params: { id }, query }) {
      const { items, total } = await listPermittedClients(deps, { caller, company: id, slice: toSlice(query) })
      const link = linkHeader(pageLinks(companyUrl(deps.baseUrl, id, '/permitted'), query, total))
      const permittedClients = items.map((clientId) => ({ rel: 'client', href: toClientUri(clientId, deps.baseUrl) }))
      return { status: 200, ...(link !== undefined && { headers: { link } }), body: { permittedClients } }
    },
  })
}

function replacePermittedRoute(deps: ChangeCompanyClientsDeps): Route {
  return defineRoute({
    ...HUDDLE,
    method: 'PUT',
    url: `${ROOT}/permitted`,
    name: 'replacePermittedClients',
    summary: 'Permit these client applications of those available to a company, and no others',
    permission: 'admins of the company, and superadmins, with allow_modify_clients',
    params: COMPANY,
    body: PermittedClientsDto,
    answers: { 204: { description: 'These are permitted', schema: null } },
    errors: [
      ...VIEW_ERRORS,
      'access.flag_missing',
      'organisation.target_disabled',
      'permitted_client.bad_link',
      'permitted_client.not_available',
    ],
    async handle({ caller, requestId, params: { id }, body }) {
      await replacePermittedClients(deps, { caller, requestId, company: id, links: body.permittedClients })
      return { status: 204 }
    },
  })
}

function addRoute(deps: ChangeCompanyClientsDeps): Route {
  return defineRoute({
    ...HUDDLE,
    method: 'POST',
    url: ROOT,
    name: 'addCompanyClient',
    summary: 'Make a client application available to a company; one that is stays as it is',
    permission: OFFER_PERMISSION,
    params: COMPANY,
    body: ClientLinkDto,
    answers: { 200: { description: 'It is available', schema: null } },
    errors: [...OFFER_ERRORS, 'permitted_client.bad_link'],
    async handle({ caller, requestId, params: { id }, body }) {
      await addCompanyClient(deps, { caller, requestId, company: id, link: body })
      return { status: 200 }
    },
  })
}

function removeRoute(deps: ChangeCompanyClientsDeps): Route {
  return defineRoute({
    ...HUDDLE,
    method: 'DELETE',
    url: `${ROOT}/{clientid}`,
    name: 'removeCompanyClient',
    summary: 'Take a client application from a company, with its being permitted',
    permission: OFFER_PERMISSION,
    params: COMPANY_AND_CLIENT,
    answers: { 200: { description: 'It is no longer available', schema: null } },
    errors: OFFER_ERRORS,
    async handle({ caller, requestId, params: { id, clientid: clientId } }) {
      await removeCompanyClient(deps, { caller, requestId, company: id, clientId })
      return { status: 200 }
    },
  })
}

function listUsersRoute(deps: CompanyClientsDeps): Route {
  return defineRoute({
    ...HUDDLE,
    method: 'GET',
    url: `${ROOT}/{clientid}/users`,
    name: 'listClientUsers',
    summary: 'List the users of a company who have come with a client application',
    permission: VIEW_PERMISSION,
    params: COMPANY_AND_CLIENT,
    query: PageParameters,
    answers: { 200: { description: 'In the order in which the users were made', schema: ClientUsersDto } },
    errors: [...VIEW_ERRORS, 'permitted_client.client_not_found'],
    async handle({ caller, params: { id, clientid: clientId }, query }) {
      const { items, total } = await listClientUsers(deps, { caller, company: id, clientId, slice: toSlice(query) })
      const url = companyUrl(deps.baseUrl, id, `/${encodeURIComponent(clientId)}/users`)
      const users = items.map(({ firstUsedAt, lastUsedAt, ...user }) => ({
        ...user,
        firstUsedAt: firstUsedAt.toISOString(),
        lastUsedAt: lastUsedAt.toISOString(),
      }))
      return { status: 200, body: { links: pageLinks(url, query, total), users } }
    },
  })
}

/** How many there are on all pages: ours, where the body is Huddle's. */
export function countHeader(total: number): Readonly<Record<string, string>> {
  return { 'x-total-count': String(total) }
}

export function toSlice({ page, page_size: limit }: PageQuery) {
  return { offset: (page - 1) * limit, limit }
}

function toUseBody({ users, firstUsedAt, lastUsedAt }: ClientUse) {
  return { users, firstUsedAt: firstUsedAt?.toISOString(), lastUsedAt: lastUsedAt?.toISOString() }
}
