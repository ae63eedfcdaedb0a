import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { AuthMethod, ClientApplication, GrantType } from './client-application.ts'
import type { ClientStore, ClientWrites } from './client-store.ts'

interface Row {
  readonly client_id: string
  readonly name: string
  readonly redirect_uris: readonly string[]
  readonly grant_types: readonly GrantType[]
  readonly token_endpoint_auth_method: AuthMethod
  readonly secret_hash: Uint8Array | null
  readonly organisation_id: number | null
  readonly user_id: string | null
  readonly enabled: boolean
  readonly created_at: Date
  readonly created_by: string | null
}

const COLUMNS = `client_id, name, redirect_uris, grant_types, token_endpoint_auth_method, secret_hash, organisation_id,
  user_id, enabled, created_at, created_by`

const FIND = statement<Row>('clients.find', `select ${COLUMNS} from client_application where client_id = $1`)
const FIND_FOR_CHANGE = statement<Row>(
  'clients.find-for-change',
  `select ${COLUMNS} from client_application where client_id = $1 for update`,
)
const LIST = statement<Row>(
  'clients.list',
  `select ${COLUMNS} from client_application order by name, client_id offset $1 limit $2`,
)
const COUNT = statement<{ readonly total: number }>(
  'clients.count',
  'select count(*)::int as total from client_application',
)
const ADD = statement(
  'clients.add',
  `insert into client_application (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
)
const SAVE = statement(
  'clients.save',
  `update client_application
   set name = $2, redirect_uris = $3, grant_types = $4, token_endpoint_auth_method = $5, secret_hash = $6, enabled = $7
   where client_id = $1`,
)
const REMOVE = statement('clients.remove', 'delete from client_application where client_id = $1')

/** Client applications in the table `client_application`. */
export function sqlClientStore(connection: Connection): ClientStore {
  return {
    async find(clientId) {
      const [row] = await connection.query(FIND, [clientId])
      return row && toClient(row)
    },
    async findForChange(clientId) {
      const [row] = await connection.query(FIND_FOR_CHANGE, [clientId])
      return row && toClient(row)
    },
    async list({ offset, limit }) {
      const rows = await connection.query(LIST, [offset, limit])
      const [count] = await connection.query(COUNT)
      return { items: rows.map(toClient), total: count?.total ?? 0 }
    },
    async add({ actsAs, enabled, createdAt, createdBy, ...client }) {
      const owner = [actsAs?.organisation ?? null, actsAs?.userId ?? null]
      await connection.query(ADD, [...changeable(client), ...owner, enabled, createdAt, createdBy ?? null])
    },
    async save(client) {
      await connection.query(SAVE, [...changeable(client), client.enabled])
    },
    async remove(clientId) {
      await connection.query(REMOVE, [clientId])
    },
  }
}

type Changeable = Pick<
  ClientApplication,
  'clientId' | 'name' | 'redirectUris' | 'grantTypes' | 'tokenEndpointAuthMethod' | 'secretHash'
>

function changeable({ clientId, name, secretHash, ...client }: Changeable): readonly unknown[] {
  const { redirectUris, grantTypes, tokenEndpointAuthMethod } = client
  return [clientId, name, redirectUris, grantTypes, tokenEndpointAuthMethod, secretHash ?? null]
}

function toClient(row: Row): ClientApplication {
  const { organisation_id: organisation, user_id: userId } = row
  return {
    clientId: row.client_id,
    name: row.name,
    redirectUris: row.redirect_uris,
    grantTypes: row.grant_types,
    tokenEndpointAuthMethod: row.token_endpoint_auth_method,
    secretHash: row.secret_hash ?? undefined,
    actsAs: organisation === null || userId === null ? undefined : { organisation, userId },
    enabled: row.enabled,
    createdAt: row.created_at,
    createdBy: row.created_by ?? undefined,
  }
}

/** What a proposal asks of clients. */
export function sqlClientReads(tx: Connection) {
  return { hasClient: async (clientId: string) => (await tx.query(FIND_FOR_CHANGE, [clientId])).length > 0 }
}

export function sqlClientWrites(tx: Connection): ClientWrites {
  const { add, remove } = sqlClientStore(tx)
  return { insertClient: add, removeClient: remove }
}
