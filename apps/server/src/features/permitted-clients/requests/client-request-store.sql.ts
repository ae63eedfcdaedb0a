import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { ClientRequest } from './client-request.ts'
import type { ClientRequestStore } from './client-request-store.ts'

type Nullable<T, Key extends keyof T> = Omit<T, Key> & { readonly [K in Key]: Exclude<T[K], undefined> | null }

const OPEN = `from client_request request
  left join permitted_client permitted using (organisation_id, client_id)
  where organisation_id = $1 and permitted.is_permitted is not true`

const LIST = statement<Nullable<ClientRequest, 'reason'>>(
  'client-requests.list',
  `select listed.*, client.name, app_user.username from (
     select request.client_id as "clientId", request.user_id as "userId", request.reason,
       request.requested_at as "requestedAt", permitted.client_id is not null as "isAvailable"
     ${OPEN} order by request.requested_at, request.client_id, request.user_id offset $2 limit $3
   ) listed
   join client_application client on client.client_id = listed."clientId"
   join app_user on app_user.id = listed."userId"
   order by "requestedAt", "clientId", "userId"`,
)
const COUNT = statement<{ readonly total: number }>('client-requests.count', `select count(*)::int as total ${OPEN}`)
const ADD = statement<{ readonly user_id: string }>(
  'client-requests.add',
  `insert into client_request (organisation_id, client_id, user_id, reason, requested_at) values ($1, $2, $3, $4, $5)
   on conflict do nothing returning user_id`,
)
const REMOVE = statement<{ readonly user_id: string }>(
  'client-requests.remove',
  'delete from client_request where organisation_id = $1 and client_id = $2 and user_id = $3 returning user_id',
)
const REMOVE_OF = statement<{ readonly user_id: string }>(
  'client-requests.remove-of',
  'delete from client_request where organisation_id = $1 and client_id = any($2::text[]) returning user_id',
)

/** Requests in the table `client_request`. */
export function sqlClientRequestStore(connection: Connection): ClientRequestStore {
  return {
    async list(company, { offset, limit }) {
      const rows = await connection.query(LIST, [company, offset, limit])
      const [count] = await connection.query(COUNT, [company])
      return { items: rows.map((row) => ({ ...row, reason: row.reason ?? undefined })), total: count?.total ?? 0 }
    },
    async add({ company, clientId, userId, reason, requestedAt }) {
      const values = [company, clientId, userId, reason ?? null, requestedAt]
      return (await connection.query(ADD, values)).length > 0
    },
    async remove({ company, clientId, userId }) {
      return (await connection.query(REMOVE, [company, clientId, userId])).length > 0
    },
    async removeOf(company, clientIds) {
      if (clientIds.length === 0) return []
      return (await connection.query(REMOVE_OF, [company, clientIds])).map(({ user_id }) => user_id)
    },
  }
}
