import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { ClientUser, CompanyClient } from './company-client.ts'
import type { CompanyClientStore, PermittedState } from './company-client-store.ts'

interface Row extends Omit<CompanyClient, 'use'> {
  readonly users: number
  readonly firstUsedAt: Date | null
  readonly lastUsedAt: Date | null
}

interface Total {
  readonly total: number
}

interface ClientIdRow {
  readonly clientId: string
}

const OF_COMPANY = `from permitted_client permitted join client_application client using (client_id)
  where permitted.organisation_id = $1`

// The uses are counted for the entries of the page alone.
const LIST = statement<Row>(
  'company-clients.list',
  `select listed.*, use.* from (
     select client_id as "clientId", name, is_permitted as "isPermitted",
       token_endpoint_auth_method = 'none' as "isPublic"
     ${OF_COMPANY} order by name, client_id offset $2 limit $3
   ) listed
   cross join lateral (
     select count(*)::int as users, min(first_used_at) as "firstUsedAt", max(last_used_at) as "lastUsedAt"
     from client_use where organisation_id = $1 and client_id = listed."clientId"
   ) use
   order by name, "clientId"`,
)
const COUNT = statement<Total>(
  'company-clients.count',
  'select count(*)::int as total from permitted_client where organisation_id = $1',
)
const LIST_PERMITTED = statement<ClientIdRow>(
  'company-clients.list-permitted',
  `select client_id as "clientId" ${OF_COMPANY} and is_permitted order by name, client_id offset $2 limit $3`,
)
const COUNT_PERMITTED = statement<Total>(
  'company-clients.count-permitted',
  'select count(*)::int as total from permitted_client where organisation_id = $1 and is_permitted',
)
const IS_AVAILABLE = statement(
  'company-clients.is-available',
  'select from permitted_client where organisation_id = $1 and client_id = $2',
)
const LIST_USERS = statement<ClientUser>(
  'company-clients.list-users',
  `select user_id as "userId", username, first_used_at as "firstUsedAt", last_used_at as "lastUsedAt"
   from client_use join app_user on app_user.id = client_use.user_id
   where client_use.organisation_id = $1 and client_id = $2 order by user_id offset $3 limit $4`,
)
const COUNT_USERS = statement<Total>(
  'company-clients.count-users',
  'select count(*)::int as total from client_use where organisation_id = $1 and client_id = $2',
)
// In the order in which everybody locks them.
const LOCK_AVAILABLE = statement<ClientIdRow>(
  'company-clients.lock-available',
  `select client_id as "clientId" from permitted_client where organisation_id = $1 order by client_id for update`,
)
const REPLACE_PERMITTED = statement<PermittedState>(
  'company-clients.replace-permitted',
  `update permitted_client set is_permitted = not is_permitted
   where organisation_id = $1 and is_permitted <> (client_id = any($2::text[]))
   returning client_id as "clientId", is_permitted as "isPermitted"`,
)
const PERMIT = statement<ClientIdRow>(
  'company-clients.permit',
  `update permitted_client set is_permitted = true
   where organisation_id = $1 and client_id = $2 and not is_permitted returning client_id as "clientId"`,
)
const ADD = statement<ClientIdRow>(
  'company-clients.add',
  `insert into permitted_client (organisation_id, client_id)
   select $1, client_id from client_application where client_id = $2 for key share
   on conflict do nothing returning client_id as "clientId"`,
)
const REMOVE = statement<ClientIdRow>(
  'company-clients.remove',
  'delete from permitted_client where organisation_id = $1 and client_id = $2 returning client_id as "clientId"',
)

/** Clients of companies in the tables `permitted_client` and `client_use`. */
export function sqlCompanyClientStore(connection: Connection): CompanyClientStore {
  return {
    async list(company, { offset, limit }) {
      const rows = await connection.query(LIST, [company, offset, limit])
      const [count] = await connection.query(COUNT, [company])
      return { items: rows.map(toCompanyClient), total: count?.total ?? 0 }
    },
    async listPermitted(company, { offset, limit }) {
      const rows = await connection.query(LIST_PERMITTED, [company, offset, limit])
      const [count] = await connection.query(COUNT_PERMITTED, [company])
      return { items: rows.map(({ clientId }) => clientId), total: count?.total ?? 0 }
    },
    async listUsers(company, clientId, { offset, limit }) {
      const available = await connection.query(IS_AVAILABLE, [company, clientId])
      if (available.length === 0) return undefined
      const items = await connection.query(LIST_USERS, [company, clientId, offset, limit])
      const [count] = await connection.query(COUNT_USERS, [company, clientId])
      return { items, total: count?.total ?? 0 }
    },
    async lockAvailable(company) {
      const rows = await connection.query(LOCK_AVAILABLE, [company])
      return new Set(rows.map(({ clientId }) => clientId))
    },
    replacePermitted: (company, clientIds) => connection.query(REPLACE_PERMITTED, [company, clientIds]),
    permit: async (...of) => (await connection.query(PERMIT, of)).length > 0,
    add: async (...of) => (await connection.query(ADD, of)).length > 0,
    remove: async (...of) => (await connection.query(REMOVE, of)).length > 0,
  }
}

function toCompanyClient({ users, firstUsedAt, lastUsedAt, ...client }: Row): CompanyClient {
  return { ...client, use: { users, firstUsedAt: firstUsedAt ?? undefined, lastUsedAt: lastUsedAt ?? undefined } }
}
