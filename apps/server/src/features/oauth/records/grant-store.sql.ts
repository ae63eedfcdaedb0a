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
  `with given as (select client_id, user_id from oauth_consent where client_id = $2 and user_id = $3 for key share)
   insert into oauth_grant (id, client_id, user_id, scope, created_at, expires_at)
   select $1, client_id, user_id, $4, $5::timestamptz, $6::timestamptz from given
   on conflict (id) do update set scope = excluded.scope, expires_at = excluded.expires_at`,
)
const FIND = statement<Row>(
  'oauth-grants.find',
  'select id, client_id, user_id, scope, created_at, expires_at from oauth_grant where id = $1',
)
// Codes and refresh tokens go with their grant; access tokens reference nothing (migration 0012). They are looked for by the statement
// after, which sees those that were added while this one waited for its lock.
const REMOVE = statement('oauth-grants.remove', 'delete from oauth_grant where id = $1')
const REMOVE_ALL = statement<{ readonly id: string }>(
  'oauth-grants.remove-all',
  'delete from oauth_grant where user_id = $1 and ($2::text is null or client_id = $2) returning id',
)
const REMOVE_TOKENS = statement('oauth-grants.remove-tokens', 'delete from oauth_access_token where grant_id = any($1)')

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
      await connection.query(REMOVE_TOKENS, [[id]])
    },
    async removeAll(userId, clientId) {
      const ended = await connection.query(REMOVE_ALL, [userId, clientId ?? null])
      await connection.query(REMOVE_TOKENS, [ended.map(({ id }) => id)])
    },
  }
}
