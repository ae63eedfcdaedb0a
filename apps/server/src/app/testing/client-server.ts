import { randomUUID } from 'node:crypto'
import { systemClock } from '../../kernel/clock.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Database } from '../../platform/database/database.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type TestDatabase, testDatabase } from '../../platform/database/test-database.ts'
import { createHttpServer, type HttpServer } from '../../platform/http/create-http-server.ts'
import type { Mail } from '../../platform/mail/mail.ts'
import { makeSealingKey, SealedSecrets } from '../../platform/security/sealed-secret.ts'
import { createLogger } from '../../platform/telemetry/logger.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { wireClientApi } from '../wiring/wire-client-api.ts'
import { wireDirectories } from '../wiring/wire-directories.ts'
import { wireSignIn } from '../wiring/wire-sign-in.ts'

export const ANN = { username: 'ann', email: 'ann@example.org', password: 'ann’s password' }
export const DEVICE = { device_name: 'Ann’s phone', platform: 'ios 19', app_version: '1.0', client_id: 'team-app' }

/** One node with the client API, on a database that other nodes may share. */
export interface ClientNode extends AsyncDisposable {
  readonly server: HttpServer
  /** `POST /v1/client/token/` and the like, with a connector's secret or another token. */
  call(operation: string, options?: CallOptions): Promise<Called>
  /** A new connector and its secret. */
  register(email?: string): Promise<Made>
  logIn(fields?: object): Promise<Made>
  /** Sends the mails that registrations so far have asked for, and answers with the codes in them. */
  sendMails(): Promise<readonly string[]>
  readonly mails: readonly Mail[]
  /** How long answers would have been held back, in milliseconds; here none is. */
  readonly pauses: readonly number[]
  purge(): Promise<void>
}

export interface CallOptions {
  readonly secret?: string
  /** Of a session; sent as from our own pages. */
  readonly cookie?: string
  readonly body?: unknown
  readonly signal?: AbortSignal
}

export interface Called {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
  /** The session it begins, if it does. */
  readonly cookie: string
  /** `403 connector.disabled`. */
  readonly problem: string
}

export interface Made {
  readonly id: number
  readonly secret: string
}

/** What nodes share: the database, with a user `ann` who has a password, and the present. */
export interface ClientScene extends AsyncDisposable {
  readonly database: Database
  /** What the nodes take for the present; move it to let time pass. */
  readonly clock: { time: number }
  startNode(): Promise<ClientNode>
  addUser(user: NewUser): Promise<string>
  setState(connector: number, state: string): Promise<void>
}

interface NewUser {
  readonly username: string
  readonly email?: string
  readonly passwordHash?: string
  readonly role?: Principal['role']
  readonly flags?: readonly PermissionFlag[]
}

const ADD_USER = statement(
  'test.add-client-user',
  `insert into app_user (id, organisation_id, username, email, password_hash, role, flags)
   values ($1, 1, $2, $3, $4, $5, $6)`,
)
const SET_STATE = statement(
  'test.set-connector-state',
  `update connector set state = $2, wipe_ordered_at = now() where id = $1`,
)
const BASE_URL = 'https://gate.example'

export async function startClientScene(): Promise<ClientScene> {
  await using starting = new AsyncDisposableStack()
  const test = starting.use(await testDatabase())
  const clock = { time: systemClock.now().getTime() }
  const addUser: ClientScene['addUser'] = async ({ username, email, passwordHash, role = 'user', flags = [] }) => {
    const id = randomUUID()
    await test.db.query(ADD_USER, [id, username, email ?? null, passwordHash ?? null, role, flags])
    return id
  }
  const sealer = new SealedSecrets(makeSealingKey())
  const running = starting.move()
  return {
    database: test.db,
    clock,
    addUser,
    startNode: () => startNode(test, clock, sealer),
    async setState(connector, state) {
      await test.db.query(SET_STATE, [connector, state])
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

/** Ann’s password, once: hashing takes long. */
let passwordHash: string | undefined

async function startNode(test: TestDatabase, clock: { time: number }, sealer: SealedSecrets): Promise<ClientNode> {
  await using starting = new AsyncDisposableStack()
  const database = starting.use(openDatabase({ url: test.url, allowExitOnIdle: true }))
  const pauses: number[] = []
  const mails: Mail[] = []
  const wanted: number[] = []
  const ids: IdSource = { next: <T>() => randomUUID() as T }
  const pause = async (forMs: number) => void pauses.push(forMs)
  const base = { database, clock: { now: () => new Date(clock.time) }, ids, baseUrl: BASE_URL, pause }
  const directories = wireDirectories({ database, sealer })
  const signIn = wireSignIn({ ...base, directories, requestPublication: () => undefined })
  const api = wireClientApi({
    ...base,
    signIn,
    logger: createLogger({ level: 'silent' }),
    mailer: { send: async (mail) => void mails.push(mail) },
    enqueueConfirmation: async (_tx, connector) => void wanted.push(connector),
  })
  starting.use(await api.listen())
  const server = starting.use(
    await createHttpServer({
      routes: [...signIn.routes, ...api.routes],
      authenticate: signIn.authenticate,
      logger: createLogger({ level: 'silent' }),
      metrics: createMetrics(),
      readiness: [],
      baseUrl: BASE_URL,
      version: '0.0.0',
    }),
  )
  const url = `http://127.0.0.1:${await server.listen({ host: '127.0.0.1', port: 0 })}`
  passwordHash ??= await signIn.passwords.hash(ANN.password)
  await test.db.query(ENSURE_ANN, [randomUUID(), ANN.username, ANN.email, passwordHash])
  const call: ClientNode['call'] = (operation, options) => callAt(url, operation, options)
  const running = starting.move()
  return {
    server,
    call,
    mails,
    pauses,
    register: async (email = ANN.email) =>
      toMade(await call('POST /v1/client/register/', { body: { email, ...DEVICE } })),
    logIn: async (fields = {}) => {
      const { username, password } = ANN
      return toMade(await call('POST /v1/client/login/', { body: { username, password, ...DEVICE, ...fields } }))
    },
    async sendMails() {
      const before = mails.length
      for (const connector of wanted.splice(0)) await api.sendConfirmation(connector)
      return mails.slice(before).map(({ text }) => /code=(\S+)/.exec(text)?.[1] ?? '')
    },
    purge: () => api.purge(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const ENSURE_ANN = statement(
  'test.ensure-ann',
  `insert into app_user (id, organisation_id, username, email, password_hash) values ($1, 1, $2, $3, $4)
   on conflict do nothing`,
)

async function callAt(
  url: string,
  operation: string,
  { secret, cookie, body, signal }: CallOptions = {},
): Promise<Called> {
  const [method = '', path = ''] = operation.split(' ')
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(secret !== undefined && { authorization: `Bearer ${secret}` }),
      ...(cookie !== undefined && { cookie, origin: BASE_URL }),
      ...(body !== undefined && !(body instanceof URLSearchParams) && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
  const content = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
  const begun = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  return { status: answer.status, text, body: content, cookie: begun, problem: `${answer.status} ${content['error']}` }
}

function toMade({ status, body, text }: Called): Made {
  if (status !== 200) throw new Error(`No connector was made: ${text}`)
  return { id: Number(body['connector_id']), secret: String(body['connector_secret']) }
}
