import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import { ApiClient } from './api-client.ts'
import { startWholeServer } from './whole-server.ts'

/** The whole server, with the superadmin `root`, and what only tests do to it. */
export interface AccessScene extends AsyncDisposable {
  readonly url: string
  readonly database: Database
  readonly authzDir: string
  readonly root: ApiClient
  readonly anonymous: ApiClient
  /** Everything logged so far, line by line. */
  readonly logged: readonly string[]
  addCaller(caller?: NewCaller): Promise<Caller>
  /** A personal access token of theirs. */
  tokenOf(userId: string, expiresAt?: Date): Promise<string>
  addOrganisation(name: string): Promise<number>
  addClient(): Promise<string>
  /** For organisation 1. */
  permit(client: string, isPermitted: boolean): Promise<void>
  addConnector(userId: string, client: string): Promise<Connector>
  tokenOfConnector(connector: number): Promise<string>
  tokenOfApp(userId: string, client: string): Promise<string>
  switch(what: keyof typeof SWITCHES, id: string | number, to: boolean | string): Promise<void>
}

export interface NewCaller {
  readonly username?: string
  readonly role?: Principal['role']
  readonly flags?: readonly PermissionFlag[]
  readonly organisation?: number
}

export interface Caller {
  readonly id: string
  readonly username: string
  readonly token: string
  readonly api: ApiClient
}

export interface Connector {
  readonly id: number
}

const ADD_USER = statement(
  'test.add-access-user',
  'insert into app_user (id, organisation_id, username, role, flags) values ($1, $2, $3, $4, $5)',
)
const ADD_TOKEN = statement(
  'test.add-access-token',
  `insert into access_token (id, user_id, name, token_hash, created_at, expires_at) values ($1, $2, gen_random_uuid()::text, $3, now(), $4)`,
)
const ADD_ORGANISATION = statement<{ id: number }>(
  'test.add-access-organisation',
  'insert into organisation (name) values ($1) returning id',
)
const ADD_CLIENT = statement(
  'test.add-access-client',
  `insert into client_application (client_id, name, grant_types, token_endpoint_auth_method, created_at)
   values ($1, 'App ' || $1, '{authorization_code}', 'none', now())`,
)
const PERMIT = statement(
  'test.permit-access-client',
  `insert into permitted_client (organisation_id, client_id, is_permitted) values (1, $1, $2)
   on conflict (organisation_id, client_id) do update set is_permitted = excluded.is_permitted`,
)
const ADD_CONNECTOR = statement<Connector>(
  'test.add-access-connector',
  `insert into connector (organisation_id, user_id, client_id, device_name, platform, app_version, secret_hash, state,
                          created_by, created_at, state_changed_at)
   select organisation_id, id, $2, 'phone', 'os', '1', $3, 'Enabled', 'login', now(), now() from app_user where id = $1
   returning id`,
)
const ADD_CONNECTOR_TOKEN = statement(
  'test.add-access-connector-token',
  `insert into connector_token (token_hash, connector_id, created_at, expires_at)
   values ($1, $2, now(), now() + interval '10 minutes')`,
)
const ADD_APP_TOKEN = statement(
  'test.add-access-app-token',
  `insert into oauth_access_token (token_hash, kind, client_id, user_id, created_at, expires_at)
   values ($1, 'AccessToken', $2, $3, now(), now() + interval '10 minutes')`,
)
/** What admins switch by other means, in one statement each. */
const SWITCHES = {
  connector: statement(
    'test.switch-access-connector',
    'update connector set state = $2, wipe_ordered_at = now() where id = $1',
  ),
  client: statement('test.switch-access-client', 'update client_application set enabled = $2 where client_id = $1'),
  organisation: statement('test.switch-access-organisation', 'update organisation set enabled = $2 where id = $1'),
} as const

const ROOT_FLAGS: readonly PermissionFlag[] = [
  'allow_modify_users',
  'allow_view_users',
  'allow_modify_teams',
  'allow_modify_settings',
  'allow_view_settings',
  'allow_modify_clients',
  'allow_modify_datasources',
]

export async function startAccessScene(): Promise<AccessScene> {
  await using starting = new AsyncDisposableStack()
  const { app, database, dataDir, logged } = starting.use(await startWholeServer())
  const { url } = app
  const addCaller: AccessScene['addCaller'] = async (caller = {}) => {
    const id = randomUUID()
    const { username = `caller ${id}`, role = 'user', flags = [], organisation = 1 } = caller
    await database.query(ADD_USER, [id, organisation, username, role, flags])
    const token = await tokenOf(id)
    return { id, username, token, api: new ApiClient({ url, token, userId: id }) }
  }
  const addToken = async (prefix: string, add: (hash: Uint8Array) => Promise<unknown>): Promise<string> => {
    const token = secretToken.next(prefix)
    await add(secretToken.digest(token))
    return token
  }
  const tokenOf: AccessScene['tokenOf'] = (userId, expiresAt) =>
    addToken('ptr_', (hash) => database.query(ADD_TOKEN, [randomUUID(), userId, hash, expiresAt ?? null]))
  const root = await addCaller({ username: 'root', role: 'superadmin', flags: ROOT_FLAGS })
  const running = starting.move()
  return {
    url,
    database,
    logged,
    authzDir: join(dataDir, 'authz'),
    root: root.api,
    anonymous: new ApiClient({ url }),
    addCaller,
    tokenOf,
    addOrganisation: async (name) => (await database.query(ADD_ORGANISATION, [name]))[0]?.id ?? 0,
    async addClient() {
      const client = randomUUID()
      await database.query(ADD_CLIENT, [client])
      return client
    },
    async permit(client, isPermitted) {
      await database.query(PERMIT, [client, isPermitted])
    },
    async addConnector(userId, client) {
      const [made] = await database.query(ADD_CONNECTOR, [userId, client, secretToken.bytes(32)])
      if (!made) throw new Error(`There is no user ${userId}.`)
      return made
    },
    tokenOfConnector: (connector) => addToken('pta_', (hash) => database.query(ADD_CONNECTOR_TOKEN, [hash, connector])),
    tokenOfApp: (userId, client) => addToken('pto_', (hash) => database.query(ADD_APP_TOKEN, [hash, client, userId])),
    async switch(what, id, to) {
      await database.query(SWITCHES[what], [id, to])
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
