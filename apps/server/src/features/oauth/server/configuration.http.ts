import type { AdapterFactory, Client, Configuration, Grant, KoaContextWithOIDC } from 'oidc-provider'
import { basePathOf } from '../../../platform/http/base-path.ts'
import { REFUSALS, refusalOf } from '../../permitted-clients/index.ts'
import type { ConsentStore } from '../consent-store.ts'
import { coversScope, effectiveScope, SCOPES } from '../scope.ts'
import { isAdmitted, type StandingStore, type UserStanding } from '../standing-store.ts'
import { COOKIES, ENDPOINTS, INTERACTION_PATH } from './endpoints.ts'
import { type GatePolicyDeps, gatePolicy } from './gate-policy.http.ts'
import type { OidcLibrary } from './library.http.ts'
import { type ServerKeys, SIGNING_ALGORITHM } from './server-keys.ts'

export interface ConfigurationDeps extends GatePolicyDeps {
  readonly standings: StandingStore
  readonly consents: Pick<ConsentStore, 'findScope'>
  readonly secrets: { next(prefix?: string): string }
  readonly ids: { next(): string }
  readonly baseUrl: string
  renderError(ctx: KoaContextWithOIDC, problem: string): void
}

const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
const DAY_S = 24 * HOUR_S

/** In seconds. A grant outlives its last refresh token; when it ends, the user signs in anew. */
const LIFETIMES = {
  AccessToken: 20 * MINUTE_S,
  ClientCredentials: 20 * MINUTE_S,
  IdToken: 20 * MINUTE_S,
  AuthorizationCode: MINUTE_S,
  Interaction: HOUR_S,
  Session: 12 * HOUR_S,
  RefreshToken: 30 * DAY_S,
  Grant: 365 * DAY_S,
} as const

/** All that differs from the library's own choices. What is not named among the features and is on by default, we use. */
export function configuration(
  library: OidcLibrary,
  deps: ConfigurationDeps,
  { keys, adapter }: { readonly keys: ServerKeys; readonly adapter: AdapterFactory },
): Configuration {
  return {
    adapter,
    jwks: keys.jwks as NonNullable<Configuration['jwks']>,
    cookies: { keys: [...keys.cookieKeys], names: COOKIES },
    clockTolerance: 0,
    routes: ENDPOINTS,
    features: features(library, deps),
    scopes: SCOPES,
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    clientDefaults: { id_token_signed_response_alg: SIGNING_ALGORITHM },
    clientBasedCORS: isOfRedirectUri,
    ttl: LIFETIMES,
    // Metadata may name addresses to look at (`sector_identifier_uri`); nobody makes this server ask inside its network.
    fetch: () => Promise.reject(new Error('The authorization server asks no other server.')),
    // Of confidential clients too, whoever wants: without scopes to choose from there is nothing else to say it by.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    // Of an access token, too: what is left of its sign-in is good for nothing.
    revokeGrantPolicy: async () => true,
    // Tokens end by being revoked, or at the gate, and not when a browser signs out.
    expiresWithSession: async () => false,
    extraParams: { scope: assignScope, response_mode: rejectFormPost(library) },
    extraTokenClaims: async (_ctx, token) => {
      if (token.kind === 'ClientCredentials') token.scope = effectiveScope(token.scope)
      return undefined
    },
    findAccount: async (_ctx, sub, token) => {
      // Before a refresh token is rotated: it stays good for when the client is permitted again.
      if (token) {
        const standing = await deps.standings.find(token.clientId ?? '', sub)
        if (!standing?.isUserOpen) return undefined
        if (!isAdmitted(standing)) throw refusalError(library, standing)
      }
      return { accountId: sub, claims: async () => ({ sub }) }
    },
    loadExistingGrant: (ctx) => grantByConsent(deps, ctx),
    interactions: {
      policy: gatePolicy(library, deps),
      url: async (_ctx, { uid }) => `${basePathOf(deps.baseUrl)}${INTERACTION_PATH}/${uid}`,
    },
    renderError: async (ctx, { error_description, error }) => deps.renderError(ctx, error_description ?? error),
  }
}

function features(library: OidcLibrary, { standings, secrets, ids }: ConfigurationDeps): Configuration['features'] {
  return {
    clientCredentials: { enabled: true },
    introspection: {
      enabled: true,
      // To an app that keeps no secret, nobody else's tokens.
      allowedPolicy: async (_ctx, client, token) =>
        (client.clientAuthMethod !== 'none' || client.clientId === token.clientId) &&
        // Of access tokens the adapter has found those only that are let in.
        (token.kind !== 'RefreshToken' || isAdmitted(await standings.find(token.clientId ?? '', token.accountId))),
    },
    revocation: {
      enabled: true,
      allowedPolicy: async (_ctx, client, token) => {
        if (client.clientId === token.clientId) return true
        throw new library.errors.InvalidRequest('A client revokes its own tokens only.')
      },
    },
    registration: {
      enabled: true,
      initialAccessToken: true,
      // What is registered is changed by superadmins.
      issueRegistrationAccessToken: false,
      idFactory: () => ids.next(),
      secretFactory: async () => secrets.next(),
    },
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    resourceIndicators: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
  }
}

/** What becomes a 403 with the reason. */
export function refusalError({ errors }: OidcLibrary, standing: UserStanding | undefined): Error {
  const refusal = (standing && refusalOf(standing)) ?? 'client_disabled'
  return Object.assign(new errors.UnauthorizedClient(REFUSALS[refusal]), { status: 403, statusCode: 403 })
}

/** Browsers may read answers on pages of the client's own, where those show no secret. */
function isOfRedirectUri(_ctx: KoaContextWithOIDC, origin: string, client: Client): boolean {
  const isOwn = (uri: string) => URL.canParse(uri) && new URL(uri).origin === origin
  return origin !== 'null' && client.clientAuthMethod === 'none' && (client.redirectUris ?? []).some(isOwn)
}

async function assignScope({ oidc }: KoaContextWithOIDC, value: string | undefined): Promise<void> {
  if (oidc.params) oidc.params['scope'] = effectiveScope(value)
}

/** That mode is a page with a script, which our pages do without. */
function rejectFormPost({ errors }: OidcLibrary) {
  return async ({ oidc }: KoaContextWithOIDC, value: string | undefined): Promise<void> => {
    if (value !== 'form_post') return
    if (oidc.params) oidc.params['response_mode'] = undefined
    throw new errors.UnsupportedResponseMode('response_mode is query or fragment')
  }
}

/** Each sign-in gets a grant of its own, so that signing out of one device leaves the others alone. */
async function grantByConsent({ consents }: ConfigurationDeps, ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, account, params, result, provider } = ctx.oidc
  if (!client || !account) return undefined
  if (client.applicationType === 'native' && !result?.consent) return undefined
  const scope = String(params?.['scope'] ?? '')
  const given = await consents.findScope(account.accountId, client.clientId)
  if (given === undefined || !coversScope(given, scope)) return undefined
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId })
  grant.addOIDCScope(scope)
  await grant.save()
  return grant
}
