import { randomBytes } from 'node:crypto'
import { statement } from '../../platform/database/statement.ts'
import { cookieOf, type NewUser, type SignInServer, SUPERADMIN, startSignInServer } from './sign-in-server.ts'

/** Headers that say who calls. */
export type Caller = Readonly<Record<string, string>>

type CallerName = 'root' | 'ann' | 'viewer' | 'shut' | 'flagless' | 'flagged' | 'anonymous'

export interface NewConnector {
  readonly user: string
  readonly state?: string
  readonly clientId?: string
  readonly createdBy?: string
  readonly createdAt?: Date
  readonly lastUsedAt?: Date
}

/**
 * Three organisations with a user in each, of which the last is disabled; admins with fresh sessions: `ann` and `viewer`
 * of the first, `shut` of the last, and the superadmin `root`; who may not act although something speaks for it:
 * `flagless`, a superadmin, and `flagged`, no admin at all.
 */
export interface ConnectorScene extends AsyncDisposable {
  readonly server: SignInServer
  readonly callers: Readonly<Record<CallerName, Caller>>
  /** By organisation, from 1. */
  readonly users: readonly [string, string, string]
  addConnector(connector: NewConnector): Promise<number>
  setState(connector: number, state: string): Promise<void>
  /** Undefined when there is none. */
  stateOf(connector: number): Promise<string | undefined>
  /** `<action> <connector>` in order. */
  auditOf(connector: number): Promise<readonly AuditRow[]>
  /** `PUT /v1/admin/connectors/1/` and the like. */
  call(caller: Caller, operation: string, body?: unknown): Promise<Called>
}

export interface AuditRow {
  readonly action: string
  readonly actor_name: string
  readonly organisation_id: number
  readonly details: Readonly<Record<string, unknown>>
}

export interface Called {
  readonly status: number
  /** `409 connector.wrong_state`, or the status alone. */
  readonly outcome: string
  readonly body: Readonly<Record<string, unknown>>
}

const ORGANISATION = statement(
  'test.add-organisation-of-connectors',
  `insert into organisation (id, name, connector_retention_period) values ($1, $2, $3)`,
)
const SHUT = statement('test.shut-organisation', 'update organisation set enabled = false where id = 3')
const ADD = statement<{ readonly id: number }>(
  'test.add-connector',
  `insert into connector (organisation_id, user_id, client_id, device_name, platform, app_version, secret_hash, state,
                          created_by, created_at, last_used_at, state_changed_at, wipe_ordered_at)
   select organisation_id, id, $2, 'phone', 'os', '1', $3, $4, $5, $6, $7, $6, $6 from app_user where id = $1
   returning id`,
)
const SET = statement('test.set-state', 'update connector set state = $2 where id = $1')
const STATE = statement<{ readonly state: string }>('test.state-of', 'select state from connector where id = $1')
const AUDIT = statement<AuditRow>(
  'test.audit-of-connector',
  `select action, actor_name, organisation_id, details from audit_record
   where object_type = 'connector' and object_id = $1 order by id`,
)
const ORIGIN = { origin: 'https://gate.example' }

export async function startConnectorScene(): Promise<ConnectorScene> {
  const server = await startSignInServer()
  const { database } = server
  await database.query(ORGANISATION, [2, 'two', 90])
  await database.query(ORGANISATION, [3, 'three', 90])
  const users = [
    await server.addUser({ username: 'user1', organisation: 1 }),
    await server.addUser({ username: 'user2', organisation: 2 }),
    await server.addUser({ username: 'user3', organisation: 3 }),
  ] as const
  const callers = {
    root: await session(server, SUPERADMIN),
    ann: await signUp(server, { username: 'ann', ...ADMIN }),
    viewer: await signUp(server, { username: 'viewer', ...ADMIN, flags: ['allow_view_users'] }),
    shut: await signUp(server, { username: 'shut', ...ADMIN, organisation: 3 }),
    flagless: await signUp(server, { username: 'flagless', role: 'superadmin', flags: ['allow_view_users'] }),
    flagged: await signUp(server, { username: 'flagged', flags: ['allow_modify_users', 'allow_view_users'] }),
    anonymous: {},
  }
  await database.query(SHUT)
  return {
    server,
    callers,
    users,
    async addConnector({ user, state = 'Enabled', clientId = 'app', createdBy = 'registration', ...times }) {
      const { createdAt = new Date(server.clock.time), lastUsedAt = null } = times
      const values = [user, clientId, randomBytes(32), state, createdBy, createdAt, lastUsedAt]
      const [row] = await database.query(ADD, values)
      return row?.id ?? 0
    },
    async setState(connector, state) {
      await database.query(SET, [connector, state])
    },
    stateOf: async (connector) => (await database.query(STATE, [connector]))[0]?.state,
    auditOf: (connector) => database.query(AUDIT, [String(connector)]),
    call: (caller, operation, body) => call(server, caller, { operation, body }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const ADMIN = { role: 'admin', flags: ['allow_modify_users'] } as const

async function signUp(server: SignInServer, user: NewUser): Promise<Caller> {
  const credentials = { email: `${user.username}@example.org`, password: `${user.username}’s password` }
  await server.addUser({ ...user, ...credentials })
  return session(server, credentials)
}

async function session(server: SignInServer, credentials: typeof SUPERADMIN): Promise<Caller> {
  return { cookie: cookieOf(await server.logIn(credentials)), ...ORIGIN }
}

async function call(
  server: SignInServer,
  caller: Caller,
  { operation, body }: { readonly operation: string; readonly body: unknown },
): Promise<Called> {
  const [method = '', path = ''] = operation.split(' ')
  const answer =
    body === undefined
      ? await server.fetch(path, { method, headers: caller })
      : await server.send(operation, body, caller)
  const text = await answer.text()
  const content = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  const error = content['error']
  return { status: answer.status, body: content, outcome: error ? `${answer.status} ${error}` : String(answer.status) }
}
