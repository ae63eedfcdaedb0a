import { Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { type EndSessionsDeps, endOtherSessions, endSession, endSessionsOf } from './end-sessions.ts'
import { freshUntil } from './fresh-sign-in.ts'
import { type ListSessionsDeps, listSessions } from './list-sessions.ts'
import { type ReauthenticateDeps, reauthenticate } from './reauthenticate.ts'
import type { ShownSession } from './session-store.ts'

export type OwnSessionsDeps = ListSessionsDeps & EndSessionsDeps & ReauthenticateDeps

const signedIn = { dialect: 'admin', access: 'signed-in', formats: 'json' } as const
const Time = Type.String({ format: 'date-time' })
const Session = Type.Object({
  session_id: Type.String({ format: 'uuid' }),
  created_at: Time,
  last_seen_at: Type.String({ format: 'date-time', description: 'To the minute' }),
  expires_at: Time,
  authenticated_at: Type.String({ format: 'date-time', description: 'When password and code were shown last' }),
  source: Type.Optional(Type.String({ description: 'The address it was begun from' })),
  user_agent: Type.Optional(Type.String()),
  current: Type.Boolean({ description: 'Whether this request came with it' }),
})

/** Sessions as their owners see them, and the end of them. */
export function ownSessionsRoutes(deps: OwnSessionsDeps): Route[] {
  return [listRoute(deps), endRoute(deps), endOthersRoute(deps), endAllRoute(deps), reauthenticateRoute(deps)]
}

function listRoute(deps: ListSessionsDeps): Route {
  return defineRoute({
    ...signedIn,
    method: 'GET',
    url: '/v1/admin/sessions/',
    name: 'listSessions',
    summary: 'List the sessions of the caller',
    permission: 'anyone, for their own',
    query: Type.Object({
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
      page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    }),
    answers: {
      200: {
        description: 'One page, the newest first',
        schema: Type.Object({
          sessions: Type.Array(Session),
          page: Type.Integer(),
          page_size: Type.Integer(),
          total: Type.Integer(),
        }),
      },
    },
    async handle({ caller, query: { page, page_size } }) {
      const { items, total } = await listSessions(deps, { caller, page, pageSize: page_size })
      const sessions = items.map((session) => toBody(session, caller.session?.id))
      return { status: 200, body: { sessions, page, page_size, total } }
    },
  })
}

function endRoute(deps: EndSessionsDeps): Route {
  return defineRoute({
    ...signedIn,
    method: 'DELETE',
    url: '/v1/admin/sessions/{session_id}/',
    name: 'endSession',
    summary: 'End a session of the caller',
    permission: 'anyone, for their own',
    params: Type.Object({ session_id: Type.String() }),
    answers: { 200: { description: 'It is over', schema: null } },
    errors: ['session.not_found', 'access.by_app'],
    async handle({ caller, requestId, params }) {
      await endSession(deps, { caller, requestId, id: params.session_id })
      return { status: 200 }
    },
  })
}

function endOthersRoute(deps: EndSessionsDeps): Route {
  return defineRoute({
    ...signedIn,
    method: 'DELETE',
    url: '/v1/admin/sessions/',
    name: 'endOtherSessions',
    summary: 'End all sessions of the caller but the one the request came with',
    permission: 'anyone, for their own',
    answers: { 200: { description: 'They are over', schema: null } },
    errors: ['access.by_app'],
    async handle({ caller, requestId }) {
      await endOtherSessions(deps, { caller, requestId })
      return { status: 200 }
    },
  })
}

function endAllRoute(deps: EndSessionsDeps): Route {
  return defineRoute({
    ...signedIn,
    method: 'DELETE',
    url: '/v1/admin/users/{user_id}/sessions/',
    name: 'endSessionsOfUser',
    summary: 'End all sessions of a user',
    permission:
      'the user; allow_modify_users for plain users, allow_modify_admins for admins; a superadmin for superadmins',
    params: Type.Object({ user_id: Type.String() }),
    answers: { 200: { description: 'They are over', schema: null } },
    errors: ['access.flag_missing', 'access.by_app', 'sign_in.user_not_found', 'sign_in.superadmin_only'],
    async handle({ caller, requestId, params }) {
      await endSessionsOf(deps, { caller, requestId, userId: params.user_id })
      return { status: 200 }
    },
  })
}

function reauthenticateRoute(deps: ReauthenticateDeps): Route {
  return defineRoute({
    ...signedIn,
    method: 'POST',
    url: '/v1/admin/reauthenticate/',
    name: 'reauthenticate',
    summary: 'Show the password again, for what needs a fresh sign-in',
    permission: 'anyone with a session',
    body: Type.Object({
      password: Type.String({ maxLength: 1024 }),
      token: Type.Optional(
        Type.String({ maxLength: 32, description: 'One-time code or recovery code, for those with two factors' }),
      ),
    }),
    answers: {
      200: {
        description: 'The session is as fresh as a new one',
        schema: Type.Object({ authenticated_at: Time, fresh_until: Time }),
      },
    },
    errors: [
      'sign_in.session_needed',
      'sign_in.wrong_password',
      'sign_in.locked_out',
      'sign_in.directory_unavailable',
      'second_factor.token_missing',
      'second_factor.wrong_token',
      'sealed_secret.other_key',
      'sealed_secret.not_authentic',
      'security.busy',
    ],
    async handle({ caller, requestId, source, body: { password, token } }) {
      const at = await reauthenticate(deps, { caller, requestId, source, password, token })
      return { status: 200, body: { authenticated_at: at.toISOString(), fresh_until: freshUntil(at).toISOString() } }
    },
  })
}

function toBody(session: ShownSession, currentId: string | undefined) {
  return {
    session_id: session.id,
    created_at: session.createdAt.toISOString(),
    last_seen_at: session.lastSeenAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
    authenticated_at: session.authenticatedAt.toISOString(),
    source: session.source,
    user_agent: session.userAgent,
    current: session.id === currentId,
  }
}
