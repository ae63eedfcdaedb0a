import { Type } from 'typebox'
import type { Page } from '../../kernel/page.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import type { GivenConsent } from './consent-store.ts'
import { type EndAppsOfUserDeps, endAppsOfUser } from './end-apps-of-user.ts'
import { type ListConsentsDeps, listConsents } from './list-consents.ts'
import { type WithdrawConsentDeps, withdrawConsent } from './withdraw-consent.ts'

export type ConsentsDeps = ListConsentsDeps & WithdrawConsentDeps & EndAppsOfUserDeps

const own = { dialect: 'admin', access: 'signed-in', permission: 'anyone, for their own', formats: 'json' } as const
const users = {
  ...own,
  permission: 'allow_modify_clients; a superadmin to end those of superadmins',
  url: '/v1/admin/users/{user_id}/apps/',
} as const
const USERS_ERRORS = ['access.not_admin', 'access.flag_missing', 'sign_in.user_not_found']

const PageQuery = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
  page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
})
const ConsentsBody = Type.Object({
  consents: Type.Array(
    Type.Object({
      client_id: Type.String(),
      client_name: Type.String(),
      given_at: Type.String({ format: 'date-time' }),
    }),
  ),
  page: Type.Integer(),
  page_size: Type.Integer(),
  total: Type.Integer(),
})

/** The apps that everyone has let act for them, for themselves and for their admins. */
export function consentsRoutes(deps: ConsentsDeps): Route[] {
  return [listRoute(deps), withdrawRoute(deps), listOfUserRoute(deps), endOneRoute(deps), endAllRoute(deps)]
}

function listRoute(deps: ListConsentsDeps): Route {
  return defineRoute({
    ...own,
    method: 'GET',
    url: '/oauth/consents',
    name: 'listConsents',
    summary: 'List the apps that the caller lets act for them',
    query: PageQuery,
    answers: { 200: { description: 'One page', schema: ConsentsBody } },
    async handle({ caller, query }) {
      const input = { caller, page: query.page, pageSize: query.page_size }
      return { status: 200, body: toBody(await listConsents(deps, input), query) }
    },
  })
}

function withdrawRoute(deps: WithdrawConsentDeps): Route {
  return defineRoute({
    ...own,
    method: 'DELETE',
    url: '/oauth/consents/{client_id}',
    name: 'withdrawConsent',
    summary: 'Let an app no longer act for the caller: its tokens are refused from now on',
    params: Type.Object({ client_id: Type.String() }),
    answers: { 204: { description: 'It is withdrawn', schema: null } },
    errors: ['oauth.no_consent', 'access.by_app'],
    async handle({ caller, requestId, params: { client_id: clientId } }) {
      await withdrawConsent(deps, { caller, requestId, clientId })
      return { status: 204 }
    },
  })
}

function listOfUserRoute(deps: ListConsentsDeps): Route {
  return defineRoute({
    ...users,
    method: 'GET',
    name: 'listAppsOfUser',
    summary: 'List the apps that a user lets act for them',
    params: Type.Object({ user_id: Type.String() }),
    query: PageQuery,
    answers: { 200: { description: 'One page', schema: ConsentsBody } },
    errors: USERS_ERRORS,
    async handle({ caller, params: { user_id: userId }, query }) {
      const input = { caller, userId, page: query.page, pageSize: query.page_size }
      return { status: 200, body: toBody(await listConsents(deps, input), query) }
    },
  })
}

function endOneRoute(deps: EndAppsOfUserDeps): Route {
  return defineRoute({
    ...users,
    method: 'DELETE',
    url: `${users.url}{client_id}/`,
    name: 'endAppOfUser',
    summary:
      'Let an app no longer act for a user: its tokens are refused from now on, and it has to ask the user again',
    params: Type.Object({ user_id: Type.String(), client_id: Type.String() }),
    answers: { 204: { description: 'It has ended', schema: null } },
    errors: [...USERS_ERRORS, 'sign_in.superadmin_only', 'oauth.no_app_of_user', 'access.by_app'],
    async handle({ caller, requestId, params: { user_id: userId, client_id: clientId } }) {
      await endAppsOfUser(deps, { caller, requestId, userId, clientId })
      return { status: 204 }
    },
  })
}

function endAllRoute(deps: EndAppsOfUserDeps): Route {
  return defineRoute({
    ...users,
    method: 'DELETE',
    name: 'endAppsOfUser',
    summary: 'Let no app act for a user any longer, until the user lets it again',
    params: Type.Object({ user_id: Type.String() }),
    answers: { 204: { description: 'They have ended', schema: null } },
    errors: [...USERS_ERRORS, 'sign_in.superadmin_only', 'access.by_app'],
    async handle({ caller, requestId, params: { user_id: userId } }) {
      await endAppsOfUser(deps, { caller, requestId, userId })
      return { status: 204 }
    },
  })
}

function toBody({ items, total }: Page<GivenConsent>, query: { readonly page: number; readonly page_size: number }) {
  const consents = items.map(({ clientId, clientName, givenAt }) => ({
    client_id: clientId,
    client_name: clientName,
    given_at: givenAt.toISOString(),
  }))
  return { consents, ...query, total }
}
