import { ClientRequestsDto } from '@portreeve/contract'
import { Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import {
  CompanyId,
  countHeader,
  HUDDLE,
  PageParameters,
  toSlice,
  VIEW_ERRORS,
  VIEW_PERMISSION,
} from '../company-clients.http.ts'
import { companyUrl, pageLinks, requestLinks } from '../company-links.ts'
import { type DecideRequestDeps, declineRequest, permitRequest } from './decide-request.ts'
import { type ListRequestsDeps, listClientRequests } from './list-requests.ts'

interface ListDeps extends ListRequestsDeps {
  /** Without a slash at its end. */
  readonly baseUrl: string
}

export type ClientRequestsDeps = ListDeps & DecideRequestDeps

const ROOT = '/people/companies/{id}/clients/requests'
const DECIDE_ERRORS = [
  ...VIEW_ERRORS,
  'access.flag_missing',
  'organisation.target_disabled',
  'client_request.not_found',
]

/** What users who were stopped at the gate ask their company's admins; ours, in Huddle's manner. */
export function clientRequestsRoutes(deps: ClientRequestsDeps): Route[] {
  return [listRoute(deps), permitRoute(deps), declineRoute(deps)]
}

function listRoute(deps: ListDeps): Route {
  return defineRoute({
    ...HUDDLE,
    method: 'GET',
    url: ROOT,
    name: 'listClientRequests',
    summary: 'List which client applications users of a company ask to be permitted',
    permission: VIEW_PERMISSION,
    params: Type.Object({ id: CompanyId }),
    query: PageParameters,
    answers: { 200: { description: 'The oldest first', schema: ClientRequestsDto } },
    errors: VIEW_ERRORS,
    async handle({ caller, params: { id }, query }) {
      const { company, items, total } = await listClientRequests(deps, { caller, company: id, slice: toSlice(query) })
      const context = { baseUrl: deps.baseUrl, caller, company }
      const requests = items.map((request) => ({
        ...request,
        links: requestLinks(context, request),
        requestedAt: request.requestedAt.toISOString(),
      }))
      return {
        status: 200,
        headers: countHeader(total),
        body: { links: pageLinks(companyUrl(deps.baseUrl, id, '/requests'), query, total), requests },
      }
    },
  })
}

const DECIDE = {
  ...HUDDLE,
  method: 'POST',
  permission: 'admins of the company, and superadmins, with allow_modify_clients',
  params: Type.Object({ id: CompanyId, clientid: Type.String(), userid: Type.String() }),
} as const

function permitRoute(deps: DecideRequestDeps): Route {
  return defineRoute({
    ...DECIDE,
    url: `${ROOT}/{clientid}/{userid}/permit`,
    name: 'permitClientRequest',
    summary: 'Permit the client application that a user asks for; everybody’s requests for it are decided by that',
    answers: { 204: { description: 'It is permitted', schema: null } },
    errors: [...DECIDE_ERRORS, 'client_request.not_available'],
    async handle({ caller, requestId, params: { id: company, clientid: clientId, userid: userId } }) {
      await permitRequest(deps, { caller, requestId, company, clientId, userId })
      return { status: 204 }
    },
  })
}

function declineRoute(deps: DecideRequestDeps): Route {
  return defineRoute({
    ...DECIDE,
    url: `${ROOT}/{clientid}/{userid}/decline`,
    name: 'declineClientRequest',
    summary: 'Decline what a user asks for; the client application stays as it is',
    answers: { 204: { description: 'The request is gone', schema: null } },
    errors: DECIDE_ERRORS,
    async handle({ caller, requestId, params: { id: company, clientid: clientId, userid: userId } }) {
      await declineRequest(deps, { caller, requestId, company, clientId, userId })
      return { status: 204 }
    },
  })
}
