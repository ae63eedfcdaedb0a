import assert from 'node:assert/strict'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { ApiClient } from './api-client.ts'
import { type ModelServer, startModelServer } from './model-server.ts'

/** An answer of the data-sources interface. */
export interface Told {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
  /** `400 name field is required`, or the status alone. */
  readonly outcome: string
}

export type Shown = Readonly<Record<string, unknown>> & { readonly id: number }

/** What an audit record says of an act. */
export interface Recorded {
  readonly action: string
  readonly actor_id: string
  readonly organisation_id: number
  readonly details: Readonly<Record<string, unknown>> | null
}

/**
 * Two organisations: in the first the admin `ann`, who may modify data sources, `admin`, who may not, and the users `sam` and
 * `bob`; in the second the admin `eve`. `root` is a superadmin of the first.
 */
export interface DataSourceScene extends AsyncDisposable {
  readonly server: ModelServer
  readonly database: Database
  readonly callers: Readonly<Record<'root' | 'ann' | 'admin' | 'sam' | 'bob' | 'eve' | 'anonymous', ApiClient>>
  /** `PUT /v1/groups/1` and the like; a text is sent as it is. */
  call(caller: ApiClient, operation: string, body?: unknown, accept?: string): Promise<Told>
  /** By `ann`, of that name, unless told otherwise. */
  makeGroup(name: string, fields?: object, caller?: ApiClient): Promise<Shown>
  makeDataSource(name: string, fields?: object, caller?: ApiClient): Promise<Shown>
  auditOf(type: 'group' | 'data_source', id: number): Promise<readonly Recorded[]>
}

const ADD_ORGANISATION = statement(
  'test.add-organisation-of-data-sources',
  `insert into organisation (id, name) values (2, 'two')`,
)
const NAME = statement('test.name-user', 'update app_user set username = $2, display_name = $3 where id = $1')
const AUDIT = statement<Recorded>(
  'test.audit-of-entry',
  `select action, actor_id, organisation_id, details from audit_record where object_type = $1 and object_id = $2 order by id`,
)

export async function startDataSourceScene(): Promise<DataSourceScene> {
  await using starting = new AsyncDisposableStack()
  const server = starting.use(await startModelServer())
  const { database, signIn, anonymous } = server
  await database.query(ADD_ORGANISATION)
  const flags = ['allow_modify_datasources'] as const
  const callers = {
    root: await signIn({ role: 'superadmin', flags }),
    ann: await signIn({ role: 'admin', flags }),
    admin: await signIn({ role: 'admin', flags: ['allow_modify_users', 'allow_view_users'] }),
    sam: await signIn(),
    bob: await signIn(),
    eve: await signIn({ role: 'admin', flags, organisation: 2 }),
    anonymous,
  }
  for (const name of ['sam', 'bob', 'eve'] as const) {
    await database.query(NAME, [callers[name].userId, name, `${name[0]?.toUpperCase()}${name.slice(1)} Doe`])
  }
  const running = starting.move()
  const make = async (operation: string, key: string, { body, caller }: { body: object; caller: ApiClient }) => {
    const told = await call(caller, operation, body)
    assert.equal(told.status, 200, told.text)
    return told.body[key] as Shown
  }
  return {
    server,
    database,
    callers,
    call,
    makeGroup: (name, fields = {}, caller = callers.ann) =>
      make('POST /v1/groups', 'group', { body: { name, membersType: 'datasource', ...fields }, caller }),
    makeDataSource: (name, fields = {}, caller = callers.ann) =>
      make('POST /v1/datasources', 'datasource', { body: { name, databaseType: 'PostgreSQL', ...fields }, caller }),
    auditOf: (type, id) => database.query(AUDIT, [type, String(id)]),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

// biome-ignore lint/complexity/useMaxParams: reads as a request does
async function call(caller: ApiClient, operation: string, body?: unknown, accept = 'application/json'): Promise<Told> {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
  const headers = { accept, ...(text !== undefined && { 'content-type': 'application/json' }) }
  const { status, headers: sent, text: said } = await caller.sendText(operation, text, headers)
  const isJson = sent.get('content-type')?.startsWith('application/json') ?? false
  const content = isJson ? (JSON.parse(said) as Record<string, unknown>) : {}
  const outcome = status >= 400 ? `${status} ${content['message']}` : String(status)
  return { status, headers: sent, text: said, body: content, outcome }
}
