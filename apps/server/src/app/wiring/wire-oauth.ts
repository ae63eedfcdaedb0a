import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import type { AuditStore } from '../../features/audit/index.ts'
import { sqlClientStore } from '../../features/oauth/clients/client-store.sql.ts'
import type { ClientStore } from '../../features/oauth/clients/client-store.ts'
import { registerClient } from '../../features/oauth/clients/register-client.ts'
import { sqlConsentStore } from '../../features/oauth/consent-store.sql.ts'
import { consentsRoutes } from '../../features/oauth/consents.http.ts'
import { openServerKeys } from '../../features/oauth/index.ts'
import { type InteractionRoutesDeps, interactionRoutes } from '../../features/oauth/pages/interaction.http.ts'
import { sqlGrantStore } from '../../features/oauth/records/grant-store.sql.ts'
import { sqlIssuedTokenStore } from '../../features/oauth/records/issued-token-store.sql.ts'
import { purgeEmptyGrants, purgeExpiredOAuth } from '../../features/oauth/records/purge.sql.ts'
import { sqlRecordStore } from '../../features/oauth/records/record-store.sql.ts'
import { sqlRegistrationTokenStore } from '../../features/oauth/registration/registration-token-store.sql.ts'
import type { RegistrationTokenStore } from '../../features/oauth/registration/registration-token-store.ts'
import { registrationTokensRoutes } from '../../features/oauth/registration/registration-tokens.http.ts'
import {
  type AuthorizationServer,
  openAuthorizationServer,
} from '../../features/oauth/server/authorization-server.http.ts'
import { sqlServerKeyStore } from '../../features/oauth/server/server-keys.sql.ts'
import { sqlStandingStore } from '../../features/oauth/standing-store.sql.ts'
import { SESSION_COOKIE } from '../../features/sign-in/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Mount } from '../../platform/http/mount.ts'
import type { Route } from '../../platform/http/route.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import type { Logger } from '../../platform/telemetry/logger.ts'
import type { Keys } from '../open-keys.ts'
import type { SignIn } from './wire-sign-in.ts'

export interface OAuthResources {
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly logger: Logger
  /** The issuer. */
  readonly baseUrl: string
  readonly signIn: Pick<SignIn, 'authenticate' | 'logIn'>
  readonly requestClient: InteractionRoutesDeps['requestClient']
}

interface RegistrationStores {
  readonly clients: ClientStore
  readonly registrationTokens: RegistrationTokenStore
  readonly audit: AuditStore
}

/** The authorization server, ready to serve. */
export interface OAuth {
  readonly routes: readonly Route[]
  readonly mounts: readonly Mount[]
  /** Drops what has expired. For a job every few minutes. */
  sweep(): Promise<void>
  /** Drops the sign-ins that nothing is left of. For a daily job. */
  purge(): Promise<void>
}

/** With the keys that all nodes share; the first start of all makes them. */
export async function openOAuth(resources: OAuthResources, { sealer }: Pick<Keys, 'sealer'>): Promise<OAuth> {
  const { database, clock, ids, logger, baseUrl, signIn } = resources
  const registration = {
    clock,
    inTransaction: <T>(work: (stores: RegistrationStores) => Promise<T>) =>
      database.transaction((tx) =>
        work({
          clients: sqlClientStore(tx),
          registrationTokens: sqlRegistrationTokenStore(tx),
          audit: sqlAuditStore(tx),
        }),
      ),
  }
  const server = await openAuthorizationServer({
    keys: await openServerKeys(sqlServerKeyStore(database), sealer),
    clients: { register: (client, by) => registerClient(registration, client, by) },
    registrationTokens: sqlRegistrationTokenStore(database),
    grants: {
      ...sqlGrantStore(database),
      remove: (id) => database.transaction((tx) => sqlGrantStore(tx).remove(id)),
    },
    issuedTokens: sqlIssuedTokenStore(database),
    records: sqlRecordStore(database),
    standings: sqlStandingStore(database),
    consents: sqlConsentStore(database),
    secrets: secretToken,
    digest: secretToken.digest,
    now: () => clock.now(),
    ids,
    baseUrl,
    findSignedIn: (readCookie) => findSignedIn(signIn, readCookie),
    onFailure: (err, requestId) => {
      const isExpected = err instanceof AppError
      logger[isExpected ? 'warn' : 'error']({ err, requestId }, 'the authorization server failed')
    },
  })
  return wireOAuth(resources, server)
}

export function wireOAuth(resources: OAuthResources, { mounts, interactions }: AuthorizationServer): OAuth {
  const { database, clock, ids, baseUrl, signIn, requestClient } = resources
  const deps = {
    clock,
    ids,
    baseUrl,
    interactions,
    requestClient,
    secrets: secretToken,
    standings: sqlStandingStore(database),
    consents: sqlConsentStore(database),
    registrationTokens: sqlRegistrationTokenStore(database),
    logIn: signIn.logIn,
    authenticate: (cookies: Cookies) => bySession(signIn, cookies),
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx))),
  }
  return {
    routes: [...interactionRoutes(deps), ...consentsRoutes(deps), ...registrationTokensRoutes(deps)],
    mounts,
    sweep: () => purgeExpiredOAuth(database, clock.now()),
    purge: () => purgeEmptyGrants(database, clock.now()),
  }
}

type Cookies = Readonly<Record<string, string | undefined>>

/** Only by the session in the cookies: no token of an app signs anybody in to another. */
async function bySession({ authenticate }: Pick<SignIn, 'authenticate'>, cookies: Cookies): Promise<Principal> {
  return (await authenticate({ method: 'GET', headers: {}, cookies, source: '' })).caller
}

async function findSignedIn(
  signIn: Pick<SignIn, 'authenticate'>,
  readCookie: (name: string) => string | undefined,
): Promise<string | undefined> {
  const cookies = { [SESSION_COOKIE]: readCookie(SESSION_COOKIE) }
  try {
    return (await bySession(signIn, cookies)).userId
  } catch (error) {
    if (error instanceof AppError && error.kind !== 'unavailable') return undefined
    throw error
  }
}

function storesOn(tx: Connection) {
  return {
    registrationTokens: sqlRegistrationTokenStore(tx),
    consents: sqlConsentStore(tx),
    grants: sqlGrantStore(tx),
    audit: sqlAuditStore(tx),
  }
}
