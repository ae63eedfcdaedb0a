import { randomUUID } from 'node:crypto'
import { systemClock } from '../../kernel/clock.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Database } from '../../platform/database/database.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type TestDatabase, testDatabase } from '../../platform/database/test-database.ts'
import { createHttpServer } from '../../platform/http/create-http-server.ts'
import type { Route } from '../../platform/http/route.ts'
import { makeSealingKey, SealedSecrets } from '../../platform/security/sealed-secret.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import { createLogger } from '../../platform/telemetry/logger.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { wireDirectories } from '../wiring/wire-directories.ts'
import { type OAuth, openOAuth } from '../wiring/wire-oauth.ts'
import { wirePermittedClients } from '../wiring/wire-permitted-clients.ts'
import { type SignIn, wireSignIn } from '../wiring/wire-sign-in.ts'

export const ISSUER = 'https://gate.example'
export const REDIRECT_URI = 'https://app.example/back'
export const ANN = { username: 'ann', email: 'ann@example.org', password: 'ann’s password' }

/** One node with the authorization server, on a database that other nodes may share. */
export interface OAuthNode extends AsyncDisposable {
  readonly signIn: SignIn
  readonly oauth: OAuth
  /** From now on the node has none. */
  loseDatabase(): Promise<void>
  /** Everything logged, line by line. */
  readonly log: readonly string[]
  /** What a client of the world uses, which knows the node by `ISSUER`; redirects are left to the caller. */
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>
}

export interface NewClient {
  readonly name?: string
  readonly redirectUris?: readonly string[]
  readonly grantTypes?: readonly string[]
  /** A public one without. */
  readonly secret?: string
  readonly isPermitted?: boolean
  /** Whom a client that acts for itself acts as. */
  readonly userId?: string
}

/** What nodes share. Ann is a user of organisation 1, and an admin with all flags. */
export interface OAuthScene extends AsyncDisposable {
  readonly database: Database
  readonly ann: string
  /** With more routes than those of the authorization server and of signing in, where a test wants them. */
  startNode(more?: readonly Route[], appRateLimit?: number): Promise<OAuthNode>
  addUser(user: NewUser): Promise<string>
  /** Its id. */
  addClient(client?: NewClient): Promise<string>
  permit(clientId: string, isPermitted: boolean): Promise<void>
  run(sql: keyof typeof SWITCHES, ...values: readonly unknown[]): Promise<void>
}

interface NewUser {
  readonly username: string
  readonly email?: string
  readonly passwordHash?: string
  readonly role?: Principal['role']
  readonly flags?: readonly PermissionFlag[]
}

const ADD_USER = statement(
  'test.add-oauth-user',
  `insert into app_user (id, organisation_id, username, email, password_hash, role, flags)
   values ($1, 1, $2, $3, $4, $5, $6)`,
)
const ADD_CLIENT = statement(
  'test.add-oauth-client',
  `insert into client_application (client_id, name, redirect_uris, grant_types, token_endpoint_auth_method, secret_hash,
     organisation_id, user_id, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
)
const PERMIT = statement(
  'test.permit-oauth-client',
  `insert into permitted_client (organisation_id, client_id, is_permitted) values (1, $1, $2)
   on conflict (organisation_id, client_id) do update set is_permitted = excluded.is_permitted`,
)
const SWITCHES = {
  client: statement('test.switch-oauth-client', 'update client_application set enabled = $2 where client_id = $1'),
  user: statement('test.switch-oauth-user', 'update app_user set enabled = $2 where id = $1'),
  organisation: statement('test.switch-oauth-organisation', 'update organisation set enabled = $1 where id = 1'),
  expiry: statement(
    'test.expire-oauth-tokens',
    `update oauth_access_token set expires_at = now() - interval '1 second'`,
  ),
} as const

/** Ann’s password, once: hashing takes long. */
let passwordHash: string | undefined

export async function startOAuthScene(): Promise<OAuthScene> {
  await using starting = new AsyncDisposableStack()
  const test = starting.use(await testDatabase())
  const sealer = new SealedSecrets(makeSealingKey())
  const addUser: OAuthScene['addUser'] = async (user) => {
    const { username, email, passwordHash: hash, role = 'user', flags = [] } = user
    const id = randomUUID()
    await test.db.query(ADD_USER, [id, username, email ?? null, hash ?? null, role, flags])
    return id
  }
  const permit: OAuthScene['permit'] = async (clientId, isPermitted) => {
    await test.db.query(PERMIT, [clientId, isPermitted])
  }
  passwordHash ??= await makeSignIn(test.db, sealer).passwords.hash(ANN.password)
  const ann = await addUser({ ...ANN, passwordHash, role: 'superadmin', flags: ['allow_modify_clients'] })
  const running = starting.move()
  return {
    database: test.db,
    ann,
    addUser,
    permit,
    startNode: (more, appRateLimit) => startNode(test, sealer, { more, appRateLimit }),
    async addClient(client = {}) {
      const { name = 'Team App', redirectUris = [REDIRECT_URI], secret, userId, isPermitted = true } = client
      const { grantTypes = ['authorization_code', 'refresh_token'] } = client
      const id = randomUUID()
      const method = secret === undefined ? 'none' : 'client_secret_basic'
      const hash = secret === undefined ? null : secretToken.digest(secret)
      const owner = userId === undefined ? [null, null] : [1, userId]
      await test.db.query(ADD_CLIENT, [id, name, redirectUris, grantTypes, method, hash, ...owner])
      await permit(id, isPermitted)
      return id
    },
    async run(what, ...values) {
      await test.db.query(SWITCHES[what], values)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function makeSignIn(database: Database, sealer: SealedSecrets): SignIn {
  const ids: IdSource = { next: <T>() => randomUUID() as T }
  const directories = wireDirectories({ database, sealer })
  const pause = () => Promise.resolve()
  return wireSignIn({
    database,
    clock: systemClock,
    ids,
    baseUrl: ISSUER,
    pause,
    directories,
    requestPublication: () => undefined,
  })
}

interface NodeOptions {
  readonly more?: readonly Route[] | undefined
  readonly appRateLimit?: number | undefined
}

async function startNode(
  test: TestDatabase,
  sealer: SealedSecrets,
  { more = [], appRateLimit }: NodeOptions,
): Promise<OAuthNode> {
  await using starting = new AsyncDisposableStack()
  const database = openDatabase({ url: test.url, allowExitOnIdle: true })
  let lost: Promise<void> | undefined
  const loseDatabase = () => {
    lost ??= Promise.resolve(database[Symbol.asyncDispose]())
    return lost
  }
  starting.defer(loseDatabase)
  const ids: IdSource = { next: <T>() => randomUUID() as T }
  const signIn = makeSignIn(database, sealer)
  const log: string[] = []
  const permittedClients = wirePermittedClients({ database, clock: systemClock, baseUrl: ISSUER })
  const logger = createLogger({ level: 'debug', destination: { write: (line) => void log.push(line) } })
  const oauth = await openOAuth(
    { database, clock: systemClock, ids, logger, baseUrl: ISSUER, signIn, requestClient: permittedClients.request },
    { sealer },
  )
  const own = [...signIn.routes, ...permittedClients.routes, ...oauth.routes]
  const others = more.filter(({ name }) => !own.some((route) => route.name === name))
  const server = starting.use(
    await createHttpServer({
      routes: [...own, ...others],
      mounts: oauth.mounts,
      authenticate: signIn.authenticate,
      ...(appRateLimit !== undefined && { appRateLimit }),
      logger,
      metrics: createMetrics(),
      readiness: [],
      baseUrl: ISSUER,
      version: '0.0.0',
    }),
  )
  const url = `http://127.0.0.1:${await server.listen({ host: '127.0.0.1', port: 0 })}`
  const running = starting.move()
  return {
    signIn,
    oauth,
    log,
    loseDatabase,
    fetch: (target, init) => fetch(target.replace(ISSUER, url), { redirect: 'manual', ...init }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
