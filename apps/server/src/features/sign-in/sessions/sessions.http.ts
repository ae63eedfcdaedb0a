import { Type } from 'typebox'
import { PERMISSION_FLAGS } from '../../../kernel/principal.ts'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { isOwnOrigin } from '../own-origin.ts'
import { signInErrors } from '../sign-in-errors.ts'
import { type LoggedIn, type LogInDeps, logIn } from './log-in.ts'
import { type LogOutDeps, logOut } from './log-out.ts'
import { clearedSessionCookie, readSessionToken, sessionCookie } from './session-cookie.ts'

export type SessionsDeps = LogInDeps & LogOutDeps & { readonly baseUrl: string }

const SignedIn = Type.Object({
  user_id: Type.String({ format: 'uuid' }),
  username: Type.String(),
  organisation_id: Type.Integer(),
  role: Type.String(),
  flags: Type.Array(Type.String()),
  expires_at: Type.String({ format: 'date-time', description: 'Unless it is used: each use puts the end off' }),
})

/** Teamwire's admin session. */
export function sessionsRoutes(deps: SessionsDeps): Route[] {
  return [logInRoute(deps), logOutRoute(deps)]
}

function logInRoute(deps: SessionsDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/admin/login/',
    dialect: 'admin',
    name: 'logIn',
    summary: 'Sign in with email address and password; the session comes as a cookie',
    access: 'public',
    permission: 'anyone with a password, here or in a directory',
    formats: 'json',
    body: Type.Object({
      email: Type.String({ maxLength: 254 }),
      password: Type.String({ maxLength: 1024 }),
      token: Type.Optional(
        Type.String({ maxLength: 32, description: 'One-time code or recovery code, for those with two factors' }),
      ),
    }),
    answers: { 200: { description: 'Who signed in', schema: SignedIn } },
    errors: [
      'sign_in.bad_credentials',
      'sign_in.token_required',
      'sign_in.bad_token',
      'sealed_secret.other_key',
      'sealed_secret.not_authentic',
      'sign_in.account_disabled',
      'sign_in.locked_out',
      'sign_in.bad_origin',
      'sign_in.directory_unavailable',
      'organisation.disabled',
      'security.busy',
    ],
    async handle({ body: { email, password, token }, headers, cookies, source, requestId }) {
      const { origin, referer, host, 'user-agent': userAgent } = headers
      // Scripts send no Origin. A page of somebody else's must not sign a browser in as them.
      if (isOwnOrigin({ origin, referer, host }, deps.baseUrl) === false) throw signInErrors.bad_origin()
      const oldToken = readSessionToken(cookies)
      const loggedIn = await logIn(deps, { email, password, token, source, userAgent, oldToken, requestId })
      const cookie = sessionCookie(loggedIn.token, isSecure(deps))
      return { status: 200, headers: { 'set-cookie': cookie }, body: toBody(loggedIn) }
    },
  })
}

function logOutRoute(deps: SessionsDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/admin/logout/',
    dialect: 'admin',
    name: 'logOut',
    summary: 'End the session',
    access: 'signed-in',
    permission: 'anyone',
    formats: 'json',
    body: Type.Object({}),
    bodyOptional: true,
    answers: { 200: { description: 'The session is over', schema: null } },
    async handle({ caller, cookies, requestId }) {
      await logOut(deps, { caller, requestId, token: readSessionToken(cookies) })
      return { status: 200, headers: { 'set-cookie': clearedSessionCookie(isSecure(deps)) } }
    },
  })
}

function isSecure({ baseUrl }: SessionsDeps): boolean {
  return baseUrl.startsWith('https:')
}

function toBody({ account, expiresAt }: LoggedIn) {
  return {
    user_id: account.id,
    username: account.username,
    organisation_id: account.organisation,
    role: account.role,
    flags: PERMISSION_FLAGS.filter((flag) => account.flags.has(flag)),
    expires_at: expiresAt.toISOString(),
  }
}
