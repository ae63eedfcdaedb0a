import { setTimeout as delay } from 'node:timers/promises'
import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { type ConnectorOwner, type OwnerProof, refuseState } from '../../features/connectors/index.ts'
import { outdateFiles, renewLineage } from '../../features/model/model.sql.ts'
import { sqlAdminStore } from '../../features/organisations/admin-store.sql.ts'
import { adminsRoutes } from '../../features/organisations/admins.http.ts'
import { sqlOrganisationStore } from '../../features/organisations/organisation-store.sql.ts'
import { organisationsRoutes } from '../../features/organisations/organisations.http.ts'
import { type ClientStanding, REFUSALS, refusalOf } from '../../features/permitted-clients/index.ts'
import {
  authenticate,
  bootstrapSuperadmin,
  issueSetupLink,
  type LoggedIn,
  type LogInInput,
  logIn,
  proveAccount,
  purgeExpired,
  signInErrors,
} from '../../features/sign-in/index.ts'
import { signInRoutes } from '../../features/sign-in/sign-in.http.ts'
import { sqlSignInStores } from '../../features/sign-in/sign-in-stores.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { AppError } from '../../kernel/errors.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Authenticate } from '../../platform/http/authentication.ts'
import type { Route } from '../../platform/http/route.ts'
import { PasswordHash } from '../../platform/security/password-hash.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import type { Directories } from './wire-directories.ts'

export interface SignInResources {
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  /** How clients reach this server. */
  readonly baseUrl: string
  readonly directories: Pick<Directories, 'passwords' | 'sealer'>
  /** Waits; tests do not. */
  pause?(forMs: number): Promise<void>
  /** Has the outdated files of an organisation generated soon. */
  requestPublication(organisation: number): void
}

/** Organisations, admins and everything about who is calling, ready to serve. */
export interface SignIn {
  readonly routes: readonly Route[]
  readonly authenticate: Authenticate
  /** Shared, since it bounds how many passwords are hashed at once. */
  readonly passwords: PasswordHash
  /** A session for whoever shows all that signing in takes, on a page of ours. */
  logIn(input: LogInInput): Promise<LoggedIn>
  /** The user whose password these are, for connectors that log in. */
  proveOwner(proof: OwnerProof): Promise<ConnectorOwner>
  bootstrapSuperadmin(input: { readonly email: string; readonly password: string }): Promise<string | undefined>
  issueSetupLink(): Promise<string | undefined>
  purgeExpired(): Promise<void>
}

export function wireSignIn(resources: SignInResources): SignIn {
  const { database, clock, ids, baseUrl, directories, pause = delay, requestPublication } = resources
  const passwords = new PasswordHash()
  const deps = {
    ...storesOn(database),
    clock,
    ids,
    baseUrl,
    requestPublication,
    passwords,
    directoryPasswords: directories.passwords,
    sealer: directories.sealer,
    monotonicMs: () => performance.now(),
    pause: (forMs: number) => pause(forMs),
    secrets: secretToken,
    refuseConnector: refuseState,
    refuseClient,
    inTransaction: <T>(work: (stores: Stores) => Promise<T>) => database.transaction((tx) => work(storesOn(tx))),
  }
  return {
    routes: [...signInRoutes(deps), ...organisationsRoutes(deps), ...adminsRoutes(deps)],
    authenticate: (attempt) => authenticate(deps, attempt),
    passwords,
    logIn: (input) => logIn(deps, input),
    async proveOwner({ username: typed, organisation, ...proof }) {
      const findAccount = () => deps.accounts.findByName(typed, organisation)
      const account = await proveAccount(deps, { ...proof, typed, findAccount })
      return { userId: account.id, username: account.username, organisation: account.organisation }
    },
    bootstrapSuperadmin: (input) => bootstrapSuperadmin(deps, input),
    issueSetupLink: () => issueSetupLink(deps),
    purgeExpired: () => purgeExpired(deps),
  }
}

/** Why an app that the user's company does not let in is refused, whatever token it shows. */
function refuseClient(client: ClientStanding): AppError | undefined {
  const refusal = refusalOf(client)
  return refusal && signInErrors.client_refused(REFUSALS[refusal])
}

type Stores = ReturnType<typeof storesOn>

function storesOn(connection: Connection) {
  const signIn = sqlSignInStores(connection)
  return {
    ...signIn,
    organisations: sqlOrganisationStore(connection),
    admins: sqlAdminStore(connection),
    audit: sqlAuditStore(connection),
    outdateFiles: (organisation: number) => outdateFiles(connection, organisation),
    renewLineage: (organisation: number) => renewLineage(connection, organisation),
    endSessions: (organisation: number) => signIn.sessions.endAllIn(organisation),
  }
}
