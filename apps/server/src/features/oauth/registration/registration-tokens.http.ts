import { Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { type IssueRegistrationTokenDeps, issueRegistrationToken, LONGEST_S } from './issue-registration-token.ts'
import { type ListRegistrationTokensDeps, listRegistrationTokens } from './list-registration-tokens.ts'
import type { ListedRegistrationToken } from './registration-token.ts'
import { type RevokeRegistrationTokenDeps, revokeRegistrationToken } from './revoke-registration-token.ts'

export type RegistrationTokensDeps = IssueRegistrationTokenDeps &
  ListRegistrationTokensDeps &
  RevokeRegistrationTokenDeps

const DAY_S = 24 * 60 * 60
const MOST_USES = 10_000

const COMMON = {
  dialect: 'admin',
  access: 'signed-in',
  permission: 'superadmins with allow_modify_clients',
  formats: 'json',
} as const
const VIEW_ERRORS = ['access.flag_missing', 'client.superadmin_only']
const CHANGE_ERRORS = [...VIEW_ERRORS, 'access.by_app']

const Time = Type.String({ format: 'date-time' })
const Id = Type.String({ format: 'uuid' })
const MostUses = Type.Integer({
  minimum: 1,
  maximum: MOST_USES,
  description: 'How many apps may register with it; without: as many as come before it expires',
})

/** Letting apps register themselves. */
export function registrationTokensRoutes(deps: RegistrationTokensDeps): Route[] {
  return [issueRoute(deps), listRoute(deps), revokeRoute(deps)]
}

function issueRoute(deps: IssueRegistrationTokenDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'POST',
    url: '/oauth/registration-tokens',
    name: 'issueRegistrationToken',
    summary: 'Issue an initial access token, with which apps register themselves (RFC 7591); it is shown this once',
    body: Type.Object({
      expires_in: Type.Integer({ default: DAY_S, description: `In seconds, from 60 to ${LONGEST_S}` }),
      max_uses: Type.Optional(MostUses),
    }),
    bodyOptional: true,
    answers: {
      201: {
        description: 'The token',
        schema: Type.Object({ id: Id, token: Type.String(), expires_at: Time, max_uses: Type.Optional(MostUses) }),
      },
    },
    errors: [...CHANGE_ERRORS, 'oauth.bad_lifetime'],
    async handle({ caller, requestId, body }) {
      const input = { caller, requestId, expiresInS: body.expires_in, mostUses: body.max_uses }
      const { id, token, expiresAt, mostUses } = await issueRegistrationToken(deps, input)
      return { status: 201, body: { id, token, expires_at: expiresAt.toISOString(), max_uses: mostUses } }
    },
  })
}

function listRoute(deps: ListRegistrationTokensDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: '/oauth/registration-tokens',
    name: 'listRegistrationTokens',
    summary: 'List the initial access tokens that were issued, without the tokens themselves',
    query: Type.Object({
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
      page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    }),
    answers: {
      200: {
        description: 'One page, the oldest first',
        schema: Type.Object({
          registration_tokens: Type.Array(
            Type.Object({
              id: Id,
              uses: Type.Integer({ description: 'How many apps have registered with it' }),
              max_uses: Type.Optional(MostUses),
              created_by: Type.Optional(Type.String({ description: 'Absent once there is no such user' })),
              created_at: Time,
              expires_at: Time,
            }),
          ),
          page: Type.Integer(),
          page_size: Type.Integer(),
          total: Type.Integer(),
        }),
      },
    },
    errors: VIEW_ERRORS,
    async handle({ caller, query: { page, page_size } }) {
      const { items, total } = await listRegistrationTokens(deps, { caller, page, pageSize: page_size })
      return { status: 200, body: { registration_tokens: items.map(toBody), page, page_size, total } }
    },
  })
}

function revokeRoute(deps: RevokeRegistrationTokenDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'DELETE',
    url: '/oauth/registration-tokens/{id}',
    name: 'revokeRegistrationToken',
    summary: 'Let nothing register with an initial access token any more; what has registered stays',
    params: Type.Object({ id: Type.String() }),
    answers: { 204: { description: 'It is revoked', schema: null } },
    errors: [...CHANGE_ERRORS, 'oauth.no_registration_token'],
    async handle({ caller, requestId, params: { id } }) {
      await revokeRegistrationToken(deps, { caller, requestId, id })
      return { status: 204 }
    },
  })
}

function toBody({ id, uses, mostUses, createdBy, createdAt, expiresAt }: ListedRegistrationToken) {
  return {
    id,
    uses,
    max_uses: mostUses,
    created_by: createdBy,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  }
}
