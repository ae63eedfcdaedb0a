import { Type } from 'typebox'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import type { ConsentStore, GivenConsent } from './consent-store.ts'
import { type WithdrawConsentDeps, withdrawConsent } from './withdraw-consent.ts'

export interface ConsentsDeps extends WithdrawConsentDeps {
  readonly consents: Pick<ConsentStore, 'listOf'>
}

const COMMON = { dialect: 'admin', access: 'signed-in', permission: 'anyone, for their own', formats: 'json' } as const

/** The apps that everyone has let act for them. */
export function consentsRoutes(deps: ConsentsDeps): Route[] {
  return [listRoute(deps), withdrawRoute(deps)]
}

function listRoute({ consents }: ConsentsDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: '/oauth/consents',
    name: 'listConsents',
    summary: 'List the apps that the caller lets act for them',
    query: Type.Object({
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
      page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: Type.Object({
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
        }),
      },
    },
    async handle({ caller, query: { page, page_size } }) {
      const slice = { offset: (page - 1) * page_size, limit: page_size }
      const { items, total } = await consents.listOf(caller.userId, slice)
      return { status: 200, body: { consents: items.map(toBody), page, page_size, total } }
    },
  })
}

function withdrawRoute(deps: WithdrawConsentDeps): Route {
  return defineRoute({
    ...COMMON,
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

function toBody({ clientId, clientName, givenAt }: GivenConsent) {
  return { client_id: clientId, client_name: clientName, given_at: givenAt.toISOString() }
}
