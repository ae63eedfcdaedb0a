import { randomUUID } from 'node:crypto'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqlCredentialKeys } from '../../features/credentials/credential-keys.sql.ts'
import type { Reminder } from '../../features/credentials/index.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Database } from '../../platform/database/database.ts'
import { openDatabase } from '../../platform/database/open-database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type TestDatabase, testDatabase } from '../../platform/database/test-database.ts'
import { createHttpServer } from '../../platform/http/create-http-server.ts'
import { uuidSource } from '../../platform/id-source.ts'
import type { Mail } from '../../platform/mail/mail.ts'
import type { Reach } from '../../platform/outbound/address-rules.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import { createLogger } from '../../platform/telemetry/logger.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { openKeys } from '../open-keys.ts'
import { type Credentials, wireCredentials } from '../wiring/wire-credentials.ts'
import { wireDataSources } from '../wiring/wire-data-sources.ts'
import { wireDirectories } from '../wiring/wire-directories.ts'
import { type KeyRotation, wireKeys } from '../wiring/wire-keys.ts'
import { wireSettings } from '../wiring/wire-settings.ts'
import { wireSignIn } from '../wiring/wire-sign-in.ts'

/** An answer. */
export interface Told {
  readonly status: number
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers
  /** `400 name field is required`, or the status alone. */
  readonly outcome: string
}

export type Shown = Readonly<Record<string, unknown>> & { readonly id: number }

/** Somebody who calls. */
export interface Caller {
  readonly id: string
  readonly token: string
}

/** One node with login credentials, data sources, settings and keys. */
export interface CredentialNode {
  readonly credentials: Credentials
  readonly keys: KeyRotation
  readonly url: string
  /** `GET /v1/logincredentials` and the like; a text is sent as it is. */
  call(caller: Caller | undefined, operation: string, body?: unknown, accept?: string): Promise<Told>
}

/**
 * Two organisations: in the first the superadmin `root`, the admins `ann`, who may modify data sources, and `admin`, who may not,
 * the users `sam` and `bob`; in the second the admin `eve`. `root` may change settings too.
 */
export interface CredentialScene extends AsyncDisposable, CredentialNode {
  readonly database: Database
  readonly callers: Readonly<Record<'root' | 'ann' | 'admin' | 'sam' | 'bob' | 'eve', Caller>>
  /** What nodes take for the present; move it to let time pass. */
  readonly clock: { time: number }
  readonly masterKeyFile: string
  /** Whatever nodes have logged, and answered. */
  readonly said: string[]
  readonly mails: Mail[]
  /** Those that are to be sent. */
  readonly reminders: Reminder[]
  /** Whom a rule lets use what; nobody until a test says otherwise. */
  readonly rules: { mayUse: (userId: string, dataSource: number) => boolean }
  startNode(options?: NodeOptions): Promise<CredentialNode>
  makeDataSource(name: string, fields?: object): Promise<Shown>
  /** By `ann`, for these data sources. */
  makeCredentials(name: string, fields?: object, ...dataSources: readonly number[]): Promise<Shown>
}

export interface NodeOptions {
  readonly reach?: Reach
  readonly masterKeyFile?: string
  readonly keyCommand?: string
}

interface NewCaller {
  readonly username: string
  readonly role?: Principal['role']
  readonly flags?: readonly PermissionFlag[]
  readonly organisation?: number
}

const ADD_ORGANISATION = statement(
  'test.add-second-organisation',
  `insert into organisation (id, name) values (2, 'two')`,
)
const ADD_USER = statement(
  'test.add-credential-user',
  `insert into app_user (id, organisation_id, username, email, role, flags)
   values ($1, $2, $3, $3 || '@example.org', $4, $5)`,
)
const READ_RULES = statement('test.read-rules', 'select')
const ADD_TOKEN = statement(
  'test.add-credential-token',
  `insert into access_token (id, user_id, name, token_hash, created_at) values ($1, $2, 'test', $3, now())`,
)

export async function startCredentialScene(options: NodeOptions = {}): Promise<CredentialScene> {
  await using starting = new AsyncDisposableStack()
  const test = starting.use(await testDatabase())
  const directory = starting.use(await mkdtempDisposable(join(tmpdir(), 'portreeve-credentials-')))
  const masterKeyFile = join(directory.path, 'master.key')
  const shared: Shared = {
    test,
    clock: { time: Date.parse('2026-03-01T12:00:00Z') },
    said: [],
    mails: [],
    reminders: [],
    rules: { mayUse: () => false },
  }
  const node = await startOne(starting, shared, { masterKeyFile, ...options })
  await test.db.query(ADD_ORGANISATION)
  const callers = await addCallers(test.db)
  const make = async (operation: string, envelope: string, body: object): Promise<Shown> => {
    const told = await node.call(callers.ann, operation, body)
    if (told.status !== 200) throw new Error(told.text)
    return told.body[envelope] as Shown
  }
  const running = starting.move()
  return {
    ...node,
    ...shared,
    database: test.db,
    callers,
    masterKeyFile,
    startNode: (more = {}) => startOne(running, shared, { masterKeyFile, ...options, ...more }),
    makeDataSource: (name, fields = {}) =>
      make('POST /v1/datasources', 'datasource', { name, databaseType: 'PostgreSQL', ...fields }),
    async makeCredentials(name, fields = {}, ...dataSources) {
      const account = { name, username: 'app', password: `secret of ${name}`, ...fields }
      const made = await make('POST /v1/logincredentials', 'logincredentials', account)
      for (const id of dataSources) {
        await make(`PUT /v1/datasources/${id}`, 'datasource', { loginCredentials: [made.id] })
      }
      return made
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

interface Shared extends Pick<CredentialScene, 'clock' | 'said' | 'mails' | 'reminders' | 'rules'> {
  readonly test: TestDatabase
}

async function startOne(
  owner: AsyncDisposableStack,
  shared: Shared,
  { reach = 'anywhere', ...source }: NodeOptions & { readonly masterKeyFile: string },
): Promise<CredentialNode> {
  const { test, clock, said, mails, reminders, rules } = shared
  const database = owner.use(openDatabase({ url: test.url, allowExitOnIdle: true }))
  const base = { database, clock: { now: () => new Date(clock.time) }, ids: uuidSource }
  const keys = await openKeys(database, source)
  const logger = createLogger({ level: 'trace', destination: { write: (line) => void said.push(line) } })
  const directories = wireDirectories({ database, sealer: keys.sealer })
  const signIn = wireSignIn({
    ...base,
    baseUrl: 'https://gate.example',
    requestPublication: () => undefined,
    directories,
  })
  const credentials = wireCredentials({
    ...base,
    keys: keys.service,
    mailer: { send: async (mail) => void mails.push(mail) },
    baseUrl: 'https://gate.example',
    testReach: reach,
    async mayUseDataSource(connection, { userId }, dataSource) {
      // As the real one does, which reads the rules.
      await connection.query(READ_RULES)
      return rules.mayUse(userId, dataSource)
    },
    enqueueReminder: async (_tx, reminder) => void reminders.push(reminder),
  })
  const rotation = wireKeys({
    ...base,
    keys: keys.service,
    stores: [sqlCredentialKeys(database)],
    enqueueRewrapping: async () => undefined,
  })
  await rotation.check()
  const server = owner.use(
    await createHttpServer({
      routes: [
        ...signIn.routes,
        ...wireDataSources(base).routes,
        ...credentials.routes,
        ...rotation.routes,
        ...wireSettings({ ...base, requestPublication: () => undefined }).routes,
      ],
      authenticate: signIn.authenticate,
      logger,
      metrics: createMetrics(),
      readiness: [],
      baseUrl: 'https://gate.example',
      version: '0.0.0',
    }),
  )
  const url = `http://127.0.0.1:${await server.listen({ host: '127.0.0.1', port: 0 })}`
  return { credentials, keys: rotation, url, call: callerOf(url, said) }
}

function callerOf(url: string, said: string[]): CredentialNode['call'] {
  // biome-ignore lint/complexity/useMaxParams: reads as a request does
  return async (caller, operation, body, accept = 'application/json') => {
    const [method = '', path = ''] = operation.split(' ')
    const answer = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        accept,
        ...(caller && { authorization: `Bearer ${caller.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    said.push(text, JSON.stringify([...answer.headers]))
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
    const content = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
    const { status, headers } = answer
    return {
      status,
      text,
      headers,
      body: content,
      outcome: status >= 400 ? `${status} ${content['message']}` : `${status}`,
    }
  }
}

async function addCallers(database: Database): Promise<CredentialScene['callers']> {
  const add = async ({ username, role = 'user', flags = [], organisation = 1 }: NewCaller): Promise<Caller> => {
    const id = randomUUID()
    const token = secretToken.next('ptr_')
    await database.query(ADD_USER, [id, organisation, username, role, flags])
    await database.query(ADD_TOKEN, [randomUUID(), id, secretToken.digest(token)])
    return { id, token }
  }
  const flags = ['allow_modify_datasources'] as const
  return {
    root: await add({
      username: 'root',
      role: 'superadmin',
      flags: [...flags, 'allow_modify_settings', 'allow_view_settings'],
    }),
    ann: await add({ username: 'ann', role: 'admin', flags }),
    admin: await add({ username: 'admin', role: 'admin', flags: ['allow_modify_users'] }),
    sam: await add({ username: 'sam' }),
    bob: await add({ username: 'bob' }),
    eve: await add({ username: 'eve', role: 'admin', flags, organisation: 2 }),
  }
}
