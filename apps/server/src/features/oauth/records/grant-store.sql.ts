import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { GrantStore } from './grant-store.ts'

interface Row {
  readonly id: string
  readonly client_id: string
  readonly user_id: string
  readonly scope: string
  readonly created_at: Date
  readonly expires_at: Date
}

const PUT = statement(
  'oauth-grants.put',
  `insert into oauth_grant (id, client_id, user_id, scope, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (id) do update set scope = excluded.scope, expires_at = excluded.expires_at`,
)
const FIND = statement<Row>(
  'oauth-grants.find',
  'select id, client_id, user_id, scope, created_at, expires_at from oauth_grant where id = $1',
)
const REMOVE = statement('oauth-grants.remove', 'delete from oauth_grant where id = $1')

/** Grants in the table `oauth_grant`. */
export function sqlGrantStore(connection: Connection): GrantStore {
  return {
    async put({ id, clientId, userId, scope, createdAt, expiresAt }) {
      await connection.query(PUT, [id, clientId, userId, scope, createdAt, expiresAt])
    },
    async find(id) {
      const [row] = await connection.query(FIND, [id])
      return (
        row && {
          id: row.id,
          clientId: row.client_id,
          userId: row.user_id,
          scope: row.scope,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
        }
      )
    },
    async remove(id) {
      await connection.query(REMOVE, [id])
    },
  }
}
