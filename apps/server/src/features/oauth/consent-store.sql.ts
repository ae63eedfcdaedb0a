import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { ConsentingUser, ConsentStore } from './consent-store.ts'

interface Row {
  readonly client_id: string
  readonly name: string
  readonly given_at: Date
}

const FIND = statement<{ readonly scope: string }>(
  'oauth-consents.find',
  'select scope from oauth_consent where user_id = $1 and client_id = $2',
)
const PUT = statement(
  'oauth-consents.put',
  `insert into oauth_consent (user_id, client_id, scope, given_at) values ($1, $2, $3, $4)
   on conflict (user_id, client_id) do update set scope = excluded.scope, given_at = excluded.given_at`,
)
const LIST = statement<Row>(
  'oauth-consents.list',
  `select app.client_id, app.name, consent.given_at
   from oauth_consent consent
   join client_application app on app.client_id = consent.client_id
   where consent.user_id = $1
   order by consent.client_id offset $2 limit $3`,
)
const COUNT = statement<{ readonly total: number }>(
  'oauth-consents.count',
  'select count(*)::int as total from oauth_consent where user_id = $1',
)
const FIND_USER = statement<ConsentingUser>(
  'oauth-consents.find-user',
  'select id, organisation_id as organisation, role from app_user where id = $1',
)
const REMOVE = statement<{ readonly client_id: string }>(
  'oauth-consents.remove',
  `delete from oauth_consent where user_id = $1 and ($2::text is null or client_id = $2) returning client_id`,
)

/** Consents in the table `oauth_consent`. */
export function sqlConsentStore(connection: Connection): ConsentStore {
  return {
    async findScope(userId, clientId) {
      const [row] = await connection.query(FIND, [userId, clientId])
      return row?.scope
    },
    async put({ userId, clientId, scope }, at) {
      await connection.query(PUT, [userId, clientId, scope, at])
    },
    async listOf(userId, { offset, limit }) {
      const rows = await connection.query(LIST, [userId, offset, limit])
      const [count] = await connection.query(COUNT, [userId])
      const items = rows.map((row) => ({ clientId: row.client_id, clientName: row.name, givenAt: row.given_at }))
      return { items, total: count?.total ?? 0 }
    },
    async findUser(userId) {
      const [row] = await connection.query(FIND_USER, [userId])
      return row
    },
    async remove(userId, clientId) {
      const removed = await connection.query(REMOVE, [userId, clientId ?? null])
      return removed.map(({ client_id }) => client_id)
    },
  }
}
