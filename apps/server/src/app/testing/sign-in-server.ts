import { randomUUID } from 'node:crypto'
import type { IdSource } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { testDatabase } from '../../platform/database/test-database.ts'
import { createHttpServer } from '../../platform/http/create-http-server.ts'
import { makeSealingKey, SealedSecrets } from '../../platform/security/sealed-secret.ts'
import { createLogger } from '../../platform/telemetry/logger.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { wireBulkClients } from '../wiring/wire-bulk-clients.ts'
import { type BulkJobResources, type BulkJobs, wireBulkJobs } from '../wiring/wire-bulk-jobs.ts'
import { type Connectors, wireConnectors } from '../wiring/wire-connectors.ts'
import { wireDirectories } from '../wiring/wire-directories.ts'
import { type SignIn, wireSignIn } from '../wiring/wire-sign-in.ts'

const BASE_URL = 'https://gate.example'
export const SUPERADMIN = { email: 'root@example.org', password: 'correct horse battery' }

export interface SignInServer extends AsyncDisposable {
  readonly database: Database
  readonly signIn: SignIn
  readonly connectors: Connectors
  readonly bulkJobs: BulkJobs
  /** Does the bulk jobs ordered so far. */
  runBulkJobs(): Promise<void>
  /** What the server takes for the present; move it to let time pass. */
  readonly clock: { time: number }
  /** How long answers would have been held back, in milliseconds; here none is. */
  readonly pauses: readonly number[]
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** A JSON body to `POST /api/tokens` and the like. */
  send(operation: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  logIn(credentials: { readonly email: string; readonly password: string }): Promise<Response>
  /** A header with a new personal access token of whoever these are. */
  bearer(credentials?: { readonly email: string; readonly password: string }): Promise<{ authorization: string }>
  addUser(user: NewUser): Promise<string>
}

export interface NewUser {
  readonly username: string
  readonly email?: string
  readonly password?: string
  readonly ldap?: { readonly authority: string; readonly dn: string }
  readonly organisation?: number
  readonly role?: Principal['role']
  readonly flags?: readonly string[]
}

const ADD_USER = statement(
  'test.add-user',
  `insert into app_user (id, organisation_id, username, email, password_hash, role, flags, ldap_authority, ldap_dn)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
)

/** The real server with a database of its own, and the superadmin `SUPERADMIN` unless told otherwise. */
export async function startSignInServer({ bootstrap = true } = {}): Promise<SignInServer> {
  const { db: database, ...test } = await testDatabase()
  const pauses: number[] = []
  const clock = { time: Date.parse('2026-01-01T00:00:00Z') }
  const now = () => new Date(clock.time)
  const ids: IdSource = { next: <T>() => randomUUID() as T }
  const signIn = wireSignIn({
    database,
    clock: { now },
    ids,
    baseUrl: BASE_URL,
    directories: wireDirectories({ database, sealer: new SealedSecrets(makeSealingKey()) }),
    pause: async (forMs) => {
      pauses.push(forMs)
    },
    requestPublication: () => undefined,
  })
  const { connectors, bulkClients, bulkJobs, runBulkJobs } = wireConnectorJobs({ database, clock: { now }, ids })
  const server = await createHttpServer({
    routes: [...signIn.routes, ...connectors.routes, ...bulkJobs.routes, ...bulkClients.routes],
    authenticate: signIn.authenticate,
    logger: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
    readiness: [],
    baseUrl: BASE_URL,
    version: '0.0.0',
  })
  if (bootstrap) await signIn.bootstrapSuperadmin(SUPERADMIN)
  const port = await server.listen({ host: '127.0.0.1', port: 0 })
  const request: SignInServer['fetch'] = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)
  const send: SignInServer['send'] = (operation, body, headers = {}) => {
    const [method = '', path = ''] = operation.split(' ')
    return request(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  }
  const logIn: SignInServer['logIn'] = ({ email, password }) => send('POST /v1/admin/login/', { email, password })
  return {
    database,
    signIn,
    connectors,
    bulkJobs,
    runBulkJobs,
    clock,
    pauses,
    fetch: request,
    send,
    logIn,
    async bearer(credentials = SUPERADMIN) {
      const cookie = cookieOf(await logIn(credentials))
      const answer = await send('POST /api/tokens', { name: randomUUID() }, { cookie, origin: BASE_URL })
      const { token } = (await answer.json()) as { token: string }
      return { authorization: `Bearer ${token}` }
    },
    async addUser({ username, email, password, ldap, organisation = 1, role = 'user', flags = [] }) {
      const id = randomUUID()
      const hash = password === undefined ? null : await signIn.passwords.hash(password)
      const values = [id, organisation, username, email ?? null, hash, role, flags, ldap?.authority, ldap?.dn]
      await database.query(ADD_USER, values)
      return id
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await test[Symbol.asyncDispose]()
    },
  }
}

/** Connectors and permitted clients, with bulk jobs that run when told to. */
function wireConnectorJobs(base: Pick<BulkJobResources, 'database' | 'clock' | 'ids'>) {
  const ordered: string[] = []
  const bulkJobs = wireBulkJobs({
    ...base,
    logger: createLogger({ level: 'silent' }),
    enqueueRun: async (_tx, job) => void ordered.push(job),
    holdModel: () => Promise.reject(new Error('There is no model on this server.')),
    requestPublication: () => undefined,
  })
  const runBulkJobs = async () => {
    for (const job of ordered.splice(0)) await bulkJobs.run(job, new AbortController().signal)
  }
  return {
    bulkJobs,
    runBulkJobs,
    connectors: wireConnectors({ ...base, bulkJobs }),
    bulkClients: wireBulkClients({ ...base, bulkJobs, baseUrl: BASE_URL }),
  }
}

/** The session of an answer, as the browser would send it back. */
export function cookieOf(answer: Response): string {
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}

/** Status and error code of an answer in either manner. */
export async function problemOf(answer: Response): Promise<string> {
  const body = (await answer.json()) as { error?: string; code?: string }
  return `${answer.status} ${body.error ?? body.code}`
}
