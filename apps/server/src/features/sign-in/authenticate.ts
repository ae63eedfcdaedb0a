import type { Clock } from '../../kernel/clock.ts'
import type { AppError } from '../../kernel/errors.ts'
import type { Principal, SignedIn } from '../../kernel/principal.ts'
import { actingOrganisation } from '../organisations/index.ts'
import { type Credentials, readCredentials } from './credentials.ts'
import { isOwnOrigin } from './own-origin.ts'
import type { SecretSource } from './secret-source.ts'
import { isUseDue, sessionEnd, USE_WRITTEN_EVERY_MS } from './sessions/session.ts'
import type { SessionStore } from './sessions/session-store.ts'
import { signInErrors } from './sign-in-errors.ts'
import type { ActingClient, SignedInUser } from './signed-in-user.ts'
import type { AccessTokenStore } from './tokens/access-token-store.ts'
import { CONNECTOR_TOKEN_PREFIX } from './tokens/connector-token.ts'
import { OAUTH_TOKEN_PREFIX } from './tokens/oauth-token.ts'

export interface AuthenticateDeps {
  readonly clock: Clock
  readonly secrets: Pick<SecretSource, 'digest'>
  readonly sessions: Pick<SessionStore, 'findUser' | 'touch'>
  readonly accessTokens: Pick<AccessTokenStore, 'findUser' | 'touch'>
  readonly connectorTokens: Pick<AccessTokenStore, 'findUser'>
  readonly oauthTokens: Pick<AccessTokenStore, 'findUser'>
  /** Why a connector in that state is not let in; undefined when it is. */
  refuseConnector(state: string): AppError | undefined
  /** Why a client application that stands so is not let in; undefined when it is. */
  refuseClient(client: ActingClient): AppError | undefined
  /** What the server is known by outside; its origin is the one pages with a session come from. */
  readonly baseUrl: string
}

export interface AuthenticateInput {
  readonly method: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies: Readonly<Record<string, string | undefined>>
  /** The organisation to act on, when the request names one. */
  readonly organisation?: number
}

/**
 * Who sends a request. Everything is looked up anew, in one statement: disabling somebody bites at once, on every node.
 * Throws `sign_in.required`, `sign_in.not_valid`, `sign_in.bad_origin`, and what `actingOrganisation`,
 * `refuseConnector` and `refuseClient` give.
 */
export async function authenticate(deps: AuthenticateDeps, input: AuthenticateInput): Promise<SignedIn> {
  const credentials = readCredentials(input.headers, input.cookies)
  if (!credentials) throw signInErrors.required()
  if (credentials.kind === 'session') assertOwnOrigin(deps.baseUrl, input)
  const tokenHash = deps.secrets.digest(credentials.token)
  const now = deps.clock.now()
  const user = await storeOf(deps, credentials).findUser(tokenHash, input.organisation)
  if (!user || !isGood(user, credentials, now)) throw signInErrors.not_valid()
  const refusal = refusalOf(deps, user)
  if (refusal) throw refusal
  const organisation = actingOrganisation(user.role, {
    home: { id: user.organisation, enabled: user.organisationEnabled },
    named: input.organisation === undefined ? undefined : namedOrganisation(input.organisation, user),
  })
  await noteUse(deps, credentials, { user, tokenHash, now })
  return { caller: toPrincipal(user, credentials, organisation), position: user.position }
}

function refusalOf(deps: AuthenticateDeps, { connectorState, client }: SignedInUser): AppError | undefined {
  const ofConnector = connectorState === undefined ? undefined : deps.refuseConnector(connectorState)
  return ofConnector ?? (client && deps.refuseClient(client))
}

function storeOf(deps: AuthenticateDeps, { kind, token }: Credentials): Pick<AccessTokenStore, 'findUser'> {
  if (kind === 'session') return deps.sessions
  if (token.startsWith(CONNECTOR_TOKEN_PREFIX)) return deps.connectorTokens
  return token.startsWith(OAUTH_TOKEN_PREFIX) ? deps.oauthTokens : deps.accessTokens
}

interface Use {
  readonly user: SignedInUser
  readonly tokenHash: Uint8Array
  readonly now: Date
}

/** Seldom. Connectors and apps are used when they get their short-lived tokens. */
async function noteUse(deps: AuthenticateDeps, { kind }: Credentials, { user, tokenHash, now }: Use): Promise<void> {
  if (isDelegated(user) || !isUseDue(user.lastUsedAt, now)) return
  const unlessSince = new Date(now.getTime() - USE_WRITTEN_EVERY_MS)
  const use = { at: now, expiresAt: sessionEnd(user.createdAt, now), unlessSince }
  await (kind === 'session' ? deps.sessions : deps.accessTokens).touch(tokenHash, use)
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A browser sends the cookie along with whatever page asks; only our own pages may make it change something. */
function assertOwnOrigin(baseUrl: string, { method, headers }: AuthenticateInput): void {
  if (SAFE_METHODS.has(method)) return
  const { origin, referer, host } = headers
  if (!isOwnOrigin({ origin, referer, host }, baseUrl)) throw signInErrors.bad_origin()
}

function isGood(user: SignedInUser, credentials: Credentials, now: Date): boolean {
  const isOwner =
    credentials.kind === 'session' || credentials.username === undefined || credentials.username === user.username
  return user.enabled && isOwner && (user.expiresAt === undefined || user.expiresAt > now)
}

/** Whether an installation or an app acts for the user, by a token that lasts minutes. */
function isDelegated({ connectorState, client }: SignedInUser): boolean {
  return connectorState !== undefined || client !== undefined
}

function viaOf({ connectorState, client }: SignedInUser, { kind }: Credentials): Principal['via'] {
  if (connectorState !== undefined) return 'connector'
  return client ? 'oauth' : kind
}

function namedOrganisation(id: number, user: SignedInUser) {
  return { id, enabled: user.namedOrganisationEnabled }
}

function toPrincipal(user: SignedInUser, credentials: Credentials, organisation: number): Principal {
  return {
    userId: user.userId,
    username: user.username,
    role: user.role,
    flags: user.flags,
    homeOrganisation: user.organisation,
    organisation,
    via: viaOf(user, credentials),
    ...(user.client && { client: user.client.id }),
    ...(user.session && { session: user.session }),
    ...(credentials.kind === 'token' && user.expiresAt && { tokenExpiresAt: user.expiresAt }),
  }
}
