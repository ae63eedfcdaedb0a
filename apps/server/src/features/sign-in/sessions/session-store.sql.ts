import type { UserId } from '../../../kernel/ids.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { type SignedInUserRow, signedInUserQuery, toSignedInUser } from '../signed-in-user.sql.ts'
import type { SessionStore } from './session-store.ts'

const ADD = statement(
  'sessions.add',
  'insert into session (token_hash, user_id, created_at, last_seen_at, expires_at) values ($1, $2, $3, $3, $4)',
)
const FIND_USER = statement<SignedInUserRow>('sessions.find-user', signedInUserQuery('session', 'last_seen_at'))
const TOUCH = statement(
  'sessions.touch',
  'update session set last_seen_at = $2, expires_at = $3 where token_hash = $1 and last_seen_at <= $4',
)
const END = statement<{ readonly user_id: UserId }>(
  'sessions.end',
  'delete from session where token_hash = $1 returning user_id',
)
const END_ALL = statement('sessions.end-all', 'delete from session where user_id = $1')
const FORGET = statement('sessions.forget', 'delete from session where expires_at < $1')

/** Sessions in the table `session`, by the hash of their token. */
export function sqlSessionStore(connection: Connection): SessionStore {
  return {
    async add({ tokenHash, userId, createdAt, expiresAt }) {
      await connection.query(ADD, [tokenHash, userId, createdAt, expiresAt])
    },
    async findUser(tokenHash, namedOrganisation) {
      const [row] = await connection.query(FIND_USER, [tokenHash, namedOrganisation ?? null])
      return row && toSignedInUser(row)
    },
    async touch(tokenHash, { at, expiresAt, unlessSince }) {
      await connection.query(TOUCH, [tokenHash, at, expiresAt, unlessSince])
    },
    async end(tokenHash) {
      const [row] = await connection.query(END, [tokenHash])
      return row?.user_id
    },
    async endAllOf(userId) {
      await connection.query(END_ALL, [userId])
    },
    async forget(before) {
      await connection.query(FORGET, [before])
    },
  }
}
