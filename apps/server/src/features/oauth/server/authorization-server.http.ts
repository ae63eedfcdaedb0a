import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type Provider from 'oidc-provider'
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider'
import { AppError } from '../../../kernel/errors.ts'
import { basePathOf } from '../../../platform/http/base-path.ts'
import type { Mount } from '../../../platform/http/mount.ts'
import { RateLimiter } from '../../../platform/http/operations/rate-limit.ts'
import { PAGE_HEADERS } from '../../../platform/http/pages/html-page.ts'
import { toProblem } from '../../../platform/http/problems/problem.ts'
import type { Interaction, Interactions } from '../pages/interaction.ts'
import { refusedPage } from '../pages/pages.http.ts'
import { ISSUED_PREFIX, type IssuedKind } from '../records/issued-token.ts'
import { type AdapterDeps, adapterFactory } from './adapter.http.ts'
import { type ConfigurationDeps, configuration, refusalError } from './configuration.http.ts'
import { ENDPOINTS, ERROR_PATH, HUDDLE_PATHS, METADATA_PATHS } from './endpoints.ts'
import { loadLibrary, type OidcLibrary } from './library.http.ts'
import type { ServerKeys } from './server-keys.ts'

/** What the adapter asks of the library, and of the request that it is answering. */
type Questions = Pick<
  AdapterDeps,
  | 'requestId'
  | 'findSignedIn'
  | 'introspection'
  | 'initialAccessToken'
  | 'admitInteraction'
  | 'refusal'
  | 'badMetadata'
  | 'tokenSpent'
  | 'alreadyUsed'
  | 'unstorable'
  | 'signInOver'
>

export interface AuthorizationServerDeps
  extends Omit<AdapterDeps, keyof Questions>,
    Omit<ConfigurationDeps, 'renderError'> {
  readonly keys: ServerKeys
  /** Who is signed in to this server with the cookies that `readCookie` finds. */
  findSignedIn(readCookie: (name: string) => string | undefined): Promise<string | undefined>
  /** Told of what went wrong on the server, never of a secret. */
  onFailure(error: unknown, requestId: string): void
}

/** A minute, for one client and one address, behind which may be a whole company in the morning: a sign-in takes up to three. */
const MOST_INTERACTIONS = 300

/** oidc-provider as this server uses it. */
export interface AuthorizationServer {
  readonly mounts: readonly Mount[]
  readonly interactions: Interactions
}

/** Starts to answer nothing by itself: what its mounts are handed. Its keys and tokens are those of every other node. */
export async function openAuthorizationServer(deps: AuthorizationServerDeps): Promise<AuthorizationServer> {
  const library = await loadLibrary()
  const contextNow = () => library.Provider.ctx
  const starts = new RateLimiter(MOST_INTERACTIONS)
  const adapter = adapterFactory({
    ...deps,
    requestId: () => contextNow()?.get('x-request-id') ?? '',
    findSignedIn: () => deps.findSignedIn((name) => contextNow()?.cookies.get(name, { signed: false })),
    introspection: () => introspectionIn(contextNow()),
    refusal: async (clientId) => refusalError(library, await deps.standings.find(clientId, undefined)),
    initialAccessToken: () => contextNow()?.oidc.entities.InitialAccessToken?.jti ?? '',
    tokenSpent: () => new library.errors.InvalidToken('initial access token used up'),
    admitInteraction: (clientId) => admitInteraction(library, starts, { clientId, source: contextNow()?.ip }),
    badMetadata: (reason) => new library.errors.InvalidClientMetadata(reason),
    alreadyUsed: () => new library.errors.InvalidGrant('used already'),
    unstorable: (problems) => new library.errors.InvalidRequest(problems.join('; ')),
    signInOver: (kind) =>
      kind === 'AuthorizationCode'
        ? new library.errors.AccessDenied('the user has just taken it back')
        : new library.errors.InvalidGrant('the sign-in is over'),
  })
  const settings = configuration(library, { ...deps, renderError }, { keys: deps.keys, adapter })
  const provider = new library.Provider(deps.baseUrl, settings)
  markTokens(provider)
  compareSecretHashes(provider, deps.digest)
  finishAnswers(provider, deps)
  return { mounts: mountsOf(provider, deps.baseUrl), interactions: interactionsOf(provider, deps.now) }
}

/** Each is a row until it expires, which nobody has to sign in for. What goes on in an interaction comes from nowhere, and is let be. */
function admitInteraction(
  { errors }: OidcLibrary,
  starts: RateLimiter,
  { clientId, source }: { readonly clientId: string; readonly source: string | undefined },
): void {
  if (source === undefined || starts.take(`${clientId} ${source}`).remaining >= 0) return
  throw new errors.TemporarilyUnavailable('too many sign-ins from your address, try again in a minute')
}

function introspectionIn(ctx: KoaContextWithOIDC | undefined): ReturnType<AdapterDeps['introspection']> {
  const token = ctx?.oidc.route === 'introspection' ? ctx.oidc.params?.['token'] : undefined
  return ctx && typeof token === 'string' ? { request: ctx, token } : undefined
}

/** Access tokens say by their beginning whose they are, to this server and to scanners for leaked secrets. */
function markTokens({ AccessToken, ClientCredentials }: Provider): void {
  for (const { prototype, name } of [AccessToken, ClientCredentials]) {
    const prefix = ISSUED_PREFIX[name as IssuedKind]
    const model = prototype as unknown as { generateTokenId(): string }
    const { generateTokenId } = model
    model.generateTokenId = function () {
      return prefix + generateTokenId.call(this)
    }
  }
}

/** The library compares secrets as they are, and leaves this method to be replaced by who keeps hashes. */
function compareSecretHashes({ Client }: Provider, digest: AuthorizationServerDeps['digest']): void {
  Client.prototype.compareClientSecret = function (actual) {
    const kept = Buffer.from(this.clientSecret ?? '', 'base64url')
    const shown = digest(actual)
    return kept.length === shown.length && timingSafeEqual(kept, shown)
  }
}

function renderError(ctx: KoaContextWithOIDC, problem: string): void {
  ctx.type = 'html'
  ctx.set(PAGE_HEADERS)
  ctx.body = refusedPage(problem)
}

/** What the library leaves open in its answers, and the log of what went wrong. */
function finishAnswers(provider: Provider, { baseUrl, onFailure }: AuthorizationServerDeps): void {
  const failures = new WeakMap<object, unknown>()
  provider.on('server_error', (ctx, error) => failures.set(ctx, error))
  // Of Koa: connections that break, and whatever the library lets through.
  const app: NodeJS.EventEmitter = provider
  app.on('error', (error: unknown) => onFailure(error, ''))
  const mountPath = basePathOf(baseUrl)
  provider.use(async (ctx, next) => {
    Object.assign(ctx, { mountPath })
    await next()
    const failure = failures.get(ctx)
    if (failure !== undefined) {
      onFailure(failure, ctx.get('x-request-id'))
      if (ctx.status === 500 && failure instanceof AppError) answerFailure(ctx, failure)
    }
    const body = ctx.body as Record<string, unknown> | undefined
    if (ctx.status === 403 && body?.['error'] === 'unauthorized_client') {
      ctx.body = { ...body, error_uri: `${baseUrl}${ERROR_PATH}#${body['error']}` }
    }
    if (METADATA_PATHS.some((path) => path === ctx.path) && ctx.status === 200) {
      ctx.body = { ...body, response_modes_supported: ['query', 'fragment'] }
    }
  })
}

/** A database that cannot be reached is not a bug of ours, and passes. */
function answerFailure(ctx: Pick<KoaContextWithOIDC, 'status' | 'set' | 'body'>, failure: AppError): void {
  const { status, headers, message } = toProblem(failure)
  const error = status === 503 ? 'temporarily_unavailable' : 'server_error'
  ctx.body = typeof ctx.body === 'string' ? refusedPage(message) : { error, error_description: message }
  ctx.status = status
  ctx.set(headers)
}

function mountsOf(provider: Provider, baseUrl: string): readonly Mount[] {
  const answer = provider.callback()
  const { host, protocol } = new URL(baseUrl)
  // What the world calls this server is its base URL, whoever asks by whatever name.
  provider.proxy = true
  const mount = (name: string, operation: string, path?: string): Mount => {
    const [method = '', url = ''] = operation.split(' ')
    return {
      name,
      method: method as Mount['method'],
      url,
      async handle(request, response, source) {
        Object.assign(request.headers, {
          'x-forwarded-host': host,
          'x-forwarded-proto': protocol.slice(0, -1),
          'x-forwarded-for': source,
        })
        if (path !== undefined) request.url = path + queryOf(request)
        await answer(request, response)
      },
    }
  }
  const both = (name: string, url: string, path?: string) => [
    mount(name, `POST ${url}`, path),
    mount(`${name}Preflight`, `OPTIONS ${url}`, path),
  ]
  const { authorization, token, introspection, revocation, registration, jwks } = ENDPOINTS
  return [
    mount('oauthAuthorize', `GET ${authorization}`),
    mount('oauthResume', `GET ${authorization}/{uid}`),
    ...both('oauthToken', token),
    ...both('oauthIntrospect', introspection),
    ...both('oauthRevoke', revocation),
    mount('oauthRegister', `POST ${registration}`),
    mount('oauthKeys', `GET ${jwks}`),
    ...METADATA_PATHS.map((path) => mount('oauthMetadata', `GET ${path}`)),
    mount('huddleAuthorize', 'GET /request', HUDDLE_PATHS['/request']),
    ...both('huddleToken', '/token', HUDDLE_PATHS['/token']),
    ...both('huddleRefresh', '/refresh', HUDDLE_PATHS['/refresh']),
  ]
}

function queryOf({ url = '' }: IncomingMessage): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start)
}

function interactionsOf(provider: Provider, now: () => Date): Interactions {
  return {
    async find(uid) {
      const found = await provider.Interaction.find(uid)
      if (!found) return undefined
      const { params, prompt, session } = found
      const client = await provider.Client.find(String(params['client_id']))
      if (!client) return undefined
      const interaction: Interaction = {
        uid,
        prompt: prompt.name,
        mustSignIn: prompt.reasons.some((reason) => reason !== 'no_session'),
        client: { id: client.clientId, name: client.clientName ?? client.clientId },
        redirectUri: String(params['redirect_uri']),
        scope: String(params['scope'] ?? ''),
        loginHint: typeof params['login_hint'] === 'string' ? params['login_hint'] : '',
        userId: session?.accountId,
      }
      return interaction
    },
    async finish(uid, result) {
      const found = await provider.Interaction.find(uid)
      if (!found) return undefined
      found.result = 'error' in result ? result : { ...found.lastSubmission, ...(result as InteractionResults) }
      // Somebody else signed in: the session it began in is over.
      if ('login' in result && found.session?.accountId !== result.login?.accountId) found.session = undefined
      await found.save(found.exp - Math.floor(now().getTime() / 1000))
      return found.returnTo
    },
  }
}
