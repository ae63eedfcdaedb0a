import { randomUUID } from 'node:crypto'
import { statement } from '../../platform/database/statement.ts'
import type { ApiClient, Reply } from './api-client.ts'
import { type ModelServer, startModelServer } from './model-server.ts'

export const BASE_URL = 'http://127.0.0.1'

const CALLERS = {
  /** Of company 1, and may change everything everywhere. */
  root: { role: 'superadmin', flags: ['allow_modify_clients'] },
  flagless: { role: 'superadmin', flags: ['allow_modify_users'] },
  ann: { role: 'admin', flags: ['allow_modify_clients'] },
  viewer: { role: 'admin', flags: ['allow_modify_users'] },
  bob: { role: 'admin', flags: ['allow_modify_clients'], organisation: 2 },
  /** A user, although with a flag. */
  flagged: { role: 'user', flags: ['allow_modify_clients'] },
} as const

export type CompanyCaller = keyof typeof CALLERS | 'anonymous'

/** Companies 1 and 2, and 3, which is disabled, with whoever may do something about the clients of one of them. */
export interface CompanyScene extends AsyncDisposable {
  readonly server: ModelServer
  readonly callers: Readonly<Record<CompanyCaller, ApiClient>>
  /** A client that is available to company 1, permitted there or not, or not available at all. */
  addClient(name: string, standing?: 'permitted' | 'available' | 'unknown'): Promise<string>
  /** `name: true` for what is available to a company and permitted, in the order of the names. */
  standings(company: number): Promise<readonly string[]>
  /** Actions of audit records about clients and companies since the scene began, and what they say. */
  audited(): Promise<readonly AuditRow[]>
}

export interface AuditRow {
  readonly organisation: number | null
  readonly action: string
  readonly object: string
  readonly details: Readonly<Record<string, unknown>> | null
}

const ADD_COMPANIES = statement(
  'test.add-scene-companies',
  `insert into organisation (name, enabled) values ('two', true), ('three', false)`,
)
const ADD_CLIENT = statement(
  'test.add-company-client',
  `insert into client_application (client_id, name, redirect_uris, grant_types, token_endpoint_auth_method, created_at)
   values ($1, $2, '{com.example.app:/cb}', '{authorization_code}', 'none', now())`,
)
const OFFER = statement('test.offer-client', 'insert into permitted_client values (1, $1, $2)')
const STANDINGS = statement<{ readonly standing: string }>(
  'test.client-standings',
  `select name || ': ' || is_permitted as standing from permitted_client join client_application using (client_id)
   where permitted_client.organisation_id = $1 order by name`,
)
const AUDITED = statement<AuditRow>(
  'test.audited-clients',
  `select organisation_id as organisation, action, object_type || ' ' || object_id as object, details
   from audit_record where action like '%client%' order by id`,
)

export async function startCompanyScene(): Promise<CompanyScene> {
  await using starting = new AsyncDisposableStack()
  const server = starting.use(await startModelServer())
  const { database, anonymous } = server
  await database.query(ADD_COMPANIES)
  const entries = Object.entries(CALLERS).map(async ([name, caller]) => [name, await server.signIn(caller)] as const)
  const callers = { anonymous, ...Object.fromEntries(await Promise.all(entries)) } as CompanyScene['callers']
  const running = starting.move()
  return {
    server,
    callers,
    async addClient(name, standing = 'available') {
      const id = randomUUID()
      await database.query(ADD_CLIENT, [id, name])
      if (standing !== 'unknown') await database.query(OFFER, [id, standing === 'permitted'])
      return id
    },
    standings: async (company) => (await database.query(STANDINGS, [company])).map(({ standing }) => standing),
    audited: () => database.query(AUDITED),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const HUDDLE_JSON = 'application/vnd.huddle.data+json'

/** A request as Huddle's clients make it, in vendor JSON. */
// biome-ignore lint/complexity/useMaxParams: reads as a request
export function call(client: ApiClient, operation: string, body?: unknown, type = HUDDLE_JSON): Promise<Reply> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return client.sendText(operation, text, { accept: type, 'content-type': type })
}

/** Status, and the error's code where there is one: `403 access.flag_missing`. */
export async function outcome(client: ApiClient, operation: string, body?: unknown): Promise<string> {
  const { status, headers } = await call(client, operation, body)
  const code = headers.get('x-error-code')
  return code === null ? String(status) : `${status} ${code}`
}

export function linkTo(clientId: string) {
  return { rel: 'client', href: `${BASE_URL}/clients/${clientId}` }
}
