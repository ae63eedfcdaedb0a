import type { Clock } from '../../kernel/clock.ts'
import type { Principal, SignedIn } from '../../kernel/principal.ts'
import { actingOrganisation } from '../organisations/index.ts'
import { type Credentials, readCredentials } from './credentials.ts'
import { isOwnOrigin } from './own-origin.ts'
import type { SecretSource } from './secret-source.ts'
import { isUseDue, sessionEnd, USE_WRITTEN_EVERY_MS } from './sessions/session.ts'
import type { SessionStore } from './sessions/session-store.ts'
import { signInErrors } from './sign-in-errors.ts'
import type { SignedInUser } from './signed-in-user.ts'
import type { AccessTokenStore } from './tokens/access-token-store.ts'

export interface AuthenticateDeps {
  readonly clock: Clock
  readonly secrets: Pick<SecretSource, 'digest'>
  readonly sessions: Pick<SessionStore, 'findUser' | 'touch'>
  readonly accessTokens: Pick<AccessTokenStore, 'findUser' | 'touch'>
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
 * Throws `sign_in.required`, `sign_in.not_valid`, `sign_in.bad_origin`, and what `actingOrganisation` throws.
 */
export async function authenticate(deps: AuthenticateDeps, input: AuthenticateInput): Promise<SignedIn> {
  const credentials = readCredentials(input.headers, input.cookies)
  if (!credentials) throw signInErrors.required()
  if (credentials.kind === 'session') assertOwnOrigin(deps.baseUrl, input)
  const tokenHash = deps.secrets.digest(credentials.token)
  const store = credentials.kind === 'session' ? deps.sessions : deps.accessTokens
  const now = deps.clock.now()
  const user = await store.findUser(tokenHash, input.organisation)
  if (!user || !isGood(user, credentials, now)) throw signInErrors.not_valid()
  const organisation = actingOrganisation(user.role, {
    home: { id: user.organisation, enabled: user.organisationEnabled },
    named: input.organisation === undefined ? undefined : namedOrganisation(input.organisation, user),
  })
  if (isUseDue(user.lastUsedAt, now)) {
    const unlessSince = new Date(now.getTime() - USE_WRITTEN_EVERY_MS)
    await store.touch(tokenHash, { at: now, expiresAt: sessionEnd(user.createdAt, now), unlessSince })
  }
  return { caller: toPrincipal(user, credentials, organisation), position: user.position }
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
    via: credentials.kind,
  }
}
