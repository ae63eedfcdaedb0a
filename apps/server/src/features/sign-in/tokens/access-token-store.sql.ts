import type { UserId } from '../../../kernel/ids.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { violatedConstraint } from '../../../platform/database/violated-constraint.ts'
import { accessTokenErrors } from '../sign-in-errors.ts'
import { findSignedInUsers, signedInUsersStatement } from '../signed-in-user.sql.ts'
import type { AccessToken, AccessTokenId } from './access-token.ts'
import type { AccessTokenStore } from './access-token-store.ts'

interface Row {
  readonly id: AccessTokenId
  readonly user_id: UserId
  readonly name: string
  readonly created_at: Date
  readonly last_used_at: Date | null
  readonly expires_at: Date | null
}

const COLUMNS = 'id, user_id, name, created_at, last_used_at, expires_at'

const ADD = statement(
  'access-tokens.add',
  'insert into access_token (id, user_id, name, created_at, expires_at, token_hash) values ($1, $2, $3, $4, $5, $6)',
)
const COUNT = statement<{ readonly total: number }>(
  'access-tokens.count',
  'select count(*)::int as total from access_token where user_id = $1',
)
const LIST = statement<Row>(
  'access-tokens.list',
  `select ${COLUMNS} from access_token where user_id = $1 order by created_at, id offset $2 limit $3`,
)
const REMOVE = statement<Row>(
  'access-tokens.remove',
  `delete from access_token where user_id = $1 and id = $2 returning ${COLUMNS}`,
)
const FIND_USERS = signedInUsersStatement('access-tokens.find-users', 'access_token')
const TOUCH = statement(
  'access-tokens.touch',
  'update access_token set last_used_at = $2 where token_hash = $1 and (last_used_at is null or last_used_at <= $3)',
)

/** Personal access tokens in the table `access_token`. */
export function sqlAccessTokenStore(connection: Connection): AccessTokenStore {
  async function countOf(userId: UserId): Promise<number> {
    const [count] = await connection.query(COUNT, [userId])
    return count?.total ?? 0
  }
  return {
    countOf,
    async add({ id, userId, name, createdAt, expiresAt }, tokenHash) {
      try {
        await connection.query(ADD, [id, userId, name, createdAt, expiresAt ?? null, tokenHash])
      } catch (error) {
        throw violatedConstraint(error) === 'access_token_user_id_name_key' ? accessTokenErrors.name_taken(name) : error
      }
    },
    async listOf(userId, { offset, limit }) {
      const rows = await connection.query(LIST, [userId, offset, limit])
      return { items: rows.map(toAccessToken), total: await countOf(userId) }
    },
    async remove(userId, id) {
      const [row] = await connection.query(REMOVE, [userId, id])
      return row && toAccessToken(row)
    },
    findUser: findSignedInUsers(connection, FIND_USERS),
    async touch(tokenHash, { at, unlessSince }) {
      await connection.query(TOUCH, [tokenHash, at, unlessSince])
    },
  }
}

function toAccessToken(row: Row): AccessToken {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
  }
}
