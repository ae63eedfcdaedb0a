import { Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { type IssueRegistrationTokenDeps, issueRegistrationToken, LONGEST_S } from './issue-registration-token.ts'

const DAY_S = 24 * 60 * 60

/** Letting apps register themselves. */
export function registrationTokenRoute(deps: IssueRegistrationTokenDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/oauth/registration-tokens',
    dialect: 'admin',
    name: 'issueRegistrationToken',
    summary: 'Issue an initial access token, with which apps register themselves (RFC 7591); it is shown this once',
    access: 'signed-in',
    permission: 'superadmins with allow_modify_clients',
    formats: 'json',
    body: Type.Object({
      expires_in: Type.Integer({ default: DAY_S, description: `In seconds, from 60 to ${LONGEST_S}` }),
    }),
    bodyOptional: true,
    answers: {
      201: {
        description: 'The token',
        schema: Type.Object({ token: Type.String(), expires_at: Type.String({ format: 'date-time' }) }),
      },
    },
    errors: ['access.flag_missing', 'access.by_app', 'client.superadmin_only', 'oauth.bad_lifetime'],
    async handle({ caller, requestId, body }) {
      const { token, expiresAt } = await issueRegistrationToken(deps, {
        caller,
        requestId,
        expiresInS: body.expires_in,
      })
      return { status: 201, body: { token, expires_at: expiresAt.toISOString() } }
    },
  })
}
