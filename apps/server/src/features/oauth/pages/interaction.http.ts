import { Type } from 'typebox'
import { AppError } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { basePathOf } from '../../../platform/http/base-path.ts'
import { PAGE_HEADERS, pageHeaders } from '../../../platform/http/pages/html-page.ts'
import { toProblem } from '../../../platform/http/problems/problem.ts'
import { type Answer, defineRoute, type Incoming, type Route } from '../../../platform/http/route.ts'
import { REFUSALS } from '../../permitted-clients/index.ts'
import {
  isOwnOrigin,
  type LoggedIn,
  type LogInInput,
  readSessionToken,
  sessionCookie,
  signInErrors,
} from '../../sign-in/index.ts'
import { oauthErrors } from '../oauth-errors.ts'
import { ERROR_PATH, INTERACTION_PATH } from '../server/endpoints.ts'
import { formTarget } from './form-target.ts'
import { consent, findRefusal, getInteraction, goOn, goOnAs, type InteractDeps, leave } from './interact.ts'
import type { Interaction } from './interaction.ts'
import { askedPage, consentPage, errorPage, gatePage, refusedPage, signInPage } from './pages.http.ts'

export interface InteractionRoutesDeps extends InteractDeps {
  readonly baseUrl: string
  logIn(input: LogInInput): Promise<LoggedIn>
  /** Who the session in the cookies belongs to; throws an AppError when there is none that is good. */
  authenticate(cookies: Cookies): Promise<Principal>
  /** Has the admins of the caller's company asked to permit the client. */
  requestClient(request: {
    readonly caller: Principal
    readonly clientId: string
    readonly reason: string | undefined
    readonly requestId: string
  }): Promise<void>
}

type Cookies = Readonly<Record<string, string | undefined>>

const html = (description: string) => ({ description, schema: Type.String() })
const page = {
  dialect: 'admin',
  access: 'public',
  permission: 'the browser that began the authorization request',
  formats: 'text',
  textType: 'text/html',
  params: Type.Object({ uid: Type.String({ maxLength: 128 }) }),
  answers: {
    200: html('A page'),
    303: { description: 'The browser goes on', schema: null },
    403: html('It is refused, and the page says why'),
    404: html('It is over'),
    409: html('Something else has happened meanwhile'),
    429: html('Too many attempts'),
    503: html('Not now'),
  },
} as const

/** The pages that stand between an app's request and its answer. They need no script. */
export function interactionRoutes(deps: InteractionRoutesDeps): Route[] {
  return [showRoute(deps), signInRoute(deps), askRoute(deps), consentRoute(deps), leaveRoute(deps), errorRoute()]
}

function showRoute(deps: InteractionRoutesDeps): Route {
  return defineRoute({
    ...page,
    method: 'GET',
    url: `${INTERACTION_PATH}/{uid}`,
    name: 'showInteraction',
    summary: 'Show what an authorization request waits for: to sign in, a refusal, or consent',
    handle: (incoming) =>
      orRefusal(async () => {
        const interaction = await getInteraction(deps, incoming.params.uid, incoming.cookies)
        if (interaction.prompt === 'login') return await showSignIn(deps, interaction, incoming.cookies)
        if (interaction.prompt === 'gate') return await showGate(deps, interaction)
        const { username } = await getCaller(deps, interaction, incoming.cookies)
        return show(interaction, consentPage(basePathOf(deps.baseUrl), interaction, username))
      }),
  })
}

/** Who is signed in to this server already need not do so again. */
async function showSignIn(deps: InteractionRoutesDeps, interaction: Interaction, cookies: Cookies): Promise<Answer> {
  const signedIn = interaction.mustSignIn ? undefined : await findSignedIn(deps, cookies)
  // Not now, but when the session was signed in to: an app that sets a `max_age` relies on it.
  const at = signedIn?.session?.authenticatedAt
  if (signedIn && at) return goTo(await goOnAs(deps, interaction, { userId: signedIn.userId, at }))
  return show(interaction, signInPage(basePathOf(deps.baseUrl), interaction))
}

async function showGate(deps: InteractionRoutesDeps, interaction: Interaction): Promise<Answer> {
  const refusal = await findRefusal(deps, interaction)
  if (refusal === undefined) return goTo(await goOn(deps, interaction))
  const stop = { reason: REFUSALS[refusal], canAsk: refusal === 'client_not_permitted' }
  return show(interaction, gatePage(basePathOf(deps.baseUrl), interaction, stop))
}

function signInRoute(deps: InteractionRoutesDeps): Route {
  return defineRoute({
    ...page,
    method: 'POST',
    url: `${INTERACTION_PATH}/{uid}/sign-in`,
    name: 'signInForApp',
    summary: 'Sign in on the way to an app; begins a session of the console, too',
    body: Type.Object(
      {
        email: Type.String({ maxLength: 254 }),
        password: Type.String({ maxLength: 1024 }),
        token: Type.Optional(Type.String({ maxLength: 32 })),
      },
      { htmlForm: true },
    ),
    handle: (incoming) =>
      orRefusal(async () => {
        const interaction = await getFor(deps, incoming)
        const { email, password, token } = incoming.body
        try {
          const loggedIn = await deps.logIn({
            email,
            password,
            token: token?.trim() || undefined,
            source: incoming.source,
            userAgent: incoming.headers['user-agent'],
            oldToken: readSessionToken(incoming.cookies),
            requestId: incoming.requestId,
          })
          const cookie = sessionCookie(loggedIn.token, deps.baseUrl.startsWith('https:'))
          const shown = { userId: loggedIn.account.id, at: deps.clock.now() }
          return goTo(await goOnAs(deps, interaction, shown), { 'set-cookie': cookie })
        } catch (error) {
          if (!(error instanceof AppError)) throw error
          return refuse(error, interaction, (problem) => {
            return signInPage(basePathOf(deps.baseUrl), interaction, { email, problem })
          })
        }
      }),
  })
}

function askRoute(deps: InteractionRoutesDeps): Route {
  return defineRoute({
    ...page,
    method: 'POST',
    url: `${INTERACTION_PATH}/{uid}/ask`,
    name: 'askForApp',
    summary: 'Ask the admins of one’s company to permit the app',
    body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })) }, { htmlForm: true }),
    handle: (incoming) =>
      orRefusal(async () => {
        const { requestId, body } = incoming
        const interaction = await getFor(deps, incoming)
        const caller = await getCaller(deps, interaction, incoming.cookies)
        const reason = body.reason?.trim() || undefined
        await deps.requestClient({ caller, clientId: interaction.client.id, reason, requestId })
        return show(interaction, askedPage(basePathOf(deps.baseUrl), interaction))
      }),
  })
}

function consentRoute(deps: InteractionRoutesDeps): Route {
  return defineRoute({
    ...page,
    method: 'POST',
    url: `${INTERACTION_PATH}/{uid}/consent`,
    name: 'consentToApp',
    summary: 'Let the app act for the user, or not',
    body: Type.Object({ decision: Type.Enum(['allow', 'deny']) }, { htmlForm: true }),
    handle: (incoming) =>
      orRefusal(async () => {
        const interaction = await getFor(deps, incoming)
        const caller = await getCaller(deps, interaction, incoming.cookies)
        if (incoming.body.decision === 'deny') return goTo(await leave(deps, interaction))
        return goTo(await consent(deps, interaction, { caller, requestId: incoming.requestId }))
      }),
  })
}

function leaveRoute(deps: InteractionRoutesDeps): Route {
  return defineRoute({
    ...page,
    method: 'POST',
    url: `${INTERACTION_PATH}/{uid}/leave`,
    name: 'leaveForApp',
    summary: 'Go back to the app, which is told why',
    body: Type.Object({}, { htmlForm: true }),
    bodyOptional: true,
    handle: (incoming) => orRefusal(async () => goTo(await leave(deps, await getFor(deps, incoming)))),
  })
}

function errorRoute(): Route {
  return defineRoute({
    method: 'GET',
    url: ERROR_PATH,
    dialect: 'admin',
    name: 'explainOAuthErrors',
    summary: 'Explain why the token endpoint refuses an app',
    access: 'public',
    permission: 'anyone',
    formats: 'text',
    textType: 'text/html',
    answers: { 200: html('The page') },
    handle: async () => ({ status: 200, headers: PAGE_HEADERS, body: errorPage(REFUSALS) }),
  })
}

/** A form that was posted from our own page, in the browser that it was shown in. Throws `sign_in.bad_origin` and more. */
async function getFor(
  deps: InteractionRoutesDeps,
  {
    headers,
    cookies,
    params,
  }: Pick<Incoming<{ readonly uid: string }, unknown, unknown>, 'headers' | 'cookies' | 'params'>,
): Promise<Interaction> {
  const { origin, referer, host } = headers
  if (!isOwnOrigin({ origin, referer, host }, deps.baseUrl)) throw signInErrors.bad_origin()
  return await getInteraction(deps, params.uid, cookies)
}

/** Who decides is who is signed in, and was when the page came up. */
async function getCaller(deps: InteractionRoutesDeps, { userId }: Interaction, cookies: Cookies): Promise<Principal> {
  const caller = await deps.authenticate(cookies)
  if (caller.userId !== userId) throw oauthErrors.other_user()
  return caller
}

async function findSignedIn(deps: InteractionRoutesDeps, cookies: Cookies): Promise<Principal | undefined> {
  try {
    return await deps.authenticate(cookies)
  } catch (error) {
    if (error instanceof AppError && error.kind !== 'unavailable') return undefined
    throw error
  }
}

function show(interaction: Interaction, body: string): Answer {
  return { status: 200, headers: headersOf(interaction), body }
}

function goTo(location: string, headers: Answer['headers'] = {}): Answer {
  return { status: 303, headers: { ...PAGE_HEADERS, ...headers, location } }
}

/** Whatever is refused is told of on a page, too. */
async function orRefusal(answer: () => Promise<Answer>): Promise<Answer> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return refuse(error, undefined, refusedPage)
  }
}

function refuse(error: AppError, interaction: Interaction | undefined, render: (problem: string) => string): Answer {
  const { status, message, headers } = toProblem(error)
  // A page asks for no HTTP authentication, which is what 401 does (RFC 9110, 15.5.2).
  const shown = status === 401 || !(status in page.answers) ? 403 : status
  const own = interaction ? headersOf(interaction) : PAGE_HEADERS
  return { status: shown, headers: { ...own, ...headers }, body: render(message) }
}

function headersOf({ redirectUri }: Interaction) {
  const target = formTarget(redirectUri)
  return pageHeaders(target === undefined ? [] : [target])
}
