import { Type } from 'typebox'
import { PERMISSION_FLAGS } from '../../../kernel/principal.ts'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { freshUntil } from './fresh-sign-in.ts'

const Time = Type.String({ format: 'date-time' })

/** Who a page or a script acts as: all of it is known from recognising the caller. */
export function currentSessionRoutes(): Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/v1/admin/session/',
      dialect: 'admin',
      name: 'getSession',
      summary: 'Tell who is signed in, what they may do, and in which organisation they act',
      access: 'signed-in',
      permission: 'anyone, about themselves',
      formats: 'json',
      answers: {
        200: {
          description: 'The caller',
          schema: Type.Object({
            user_id: Type.String({ format: 'uuid' }),
            username: Type.String(),
            role: Type.String(),
            flags: Type.Array(Type.String()),
            organisation_id: Type.Integer({ description: 'The one they belong to' }),
            acting_organisation_id: Type.Integer({ description: 'The one this request acts in' }),
            session_id: Type.Optional(Type.String({ description: 'Absent for access tokens' })),
            authenticated_at: Type.Optional(Time),
            fresh_until: Type.Optional(Type.String({ format: 'date-time', description: 'For what cannot be undone' })),
          }),
        },
      },
      async handle({ caller }) {
        const { userId, username, role, flags, homeOrganisation, organisation, session } = caller
        return {
          status: 200,
          body: {
            user_id: userId,
            username,
            role,
            flags: PERMISSION_FLAGS.filter((flag) => flags.has(flag)),
            organisation_id: homeOrganisation,
            acting_organisation_id: organisation,
            ...(session && {
              session_id: session.id,
              authenticated_at: session.authenticatedAt.toISOString(),
              fresh_until: freshUntil(session.authenticatedAt).toISOString(),
            }),
          },
        }
      },
    }),
  ]
}
