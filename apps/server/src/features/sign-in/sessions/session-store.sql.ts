import type { UserId } from '../../../kernel/ids.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { findSignedInUsers, signedInUsersStatement } from '../signed-in-user.sql.ts'
import type { SessionId } from './session.ts'
import type { SessionStore, ShownSession } from './session-store.ts'

interface Row {
  readonly id: SessionId
  readonly created_at: Date
  readonly last_seen_at: Date
  readonly expires_at: Date
  readonly authenticated_at: Date
  readonly source: string | null
  readonly user_agent: string | null
}

// Locked, so that whoever disables the user, or sets another password, at the same time waits, and then ends this session
// with the others.
const ADD = statement<{ readonly id: SessionId }>(
  'sessions.add',
  `insert into session (token_hash, user_id, created_at, last_seen_at, authenticated_at, expires_at, id, source, user_agent)
   select $1, u.id, $3, $3, $3, $4, $5, $6, $7 from app_user u
   where u.id = $2 and u.enabled and u.password_hash is not distinct from $8 for share
   returning id`,
)
const FIND_USERS = signedInUsersStatement('sessions.find-users', 'session')
const TOUCH = statement(
  'sessions.touch',
  'update session set last_seen_at = $2, expires_at = $3 where token_hash = $1 and last_seen_at <= $4',
)
const RENEW = statement('sessions.renew', 'update session set authenticated_at = $2 where id = $1')
const LIST = statement<Row>(
  'sessions.list',
  `select id, created_at, last_seen_at, expires_at, authenticated_at, source, user_agent
   from session where user_id = $1 and expires_at > $2 order by created_at desc, id desc offset $3 limit $4`,
)
const COUNT = statement<{ readonly total: number }>(
  'sessions.count',
  'select count(*)::int as total from session where user_id = $1 and expires_at > $2',
)
const END = statement<{ readonly user_id: UserId }>(
  'sessions.end',
  'delete from session where token_hash = $1 returning user_id',
)
const END_ONE = statement<{ readonly id: SessionId }>(
  'sessions.end-one',
  'delete from session where user_id = $1 and id = $2 returning id',
)
const END_OTHERS = statement(
  'sessions.end-others',
  'delete from session where user_id = $1 and id is distinct from $2::uuid',
)
const END_ALL = statement('sessions.end-all', 'delete from session where user_id = $1')
const END_ALL_IN = statement(
  'sessions.end-all-in',
  'delete from session using app_user u where u.id = session.user_id and u.organisation_id = $1',
)
const FORGET = statement('sessions.forget', 'delete from session where expires_at < $1')

/** Sessions in the table `session`, by the hash of their token. */
export function sqlSessionStore(connection: Connection): SessionStore {
  return {
    async add({ tokenHash, userId, passwordHash, createdAt, expiresAt, id, source, userAgent }) {
      const values = [tokenHash, userId, createdAt, expiresAt, id, source, userAgent, passwordHash]
      return (await connection.query(ADD, values)).length > 0
    },
    findUser: findSignedInUsers(connection, FIND_USERS),
    async touch(tokenHash, { at, expiresAt, unlessSince }) {
      await connection.query(TOUCH, [tokenHash, at, expiresAt, unlessSince])
    },
    async renew(id, at) {
      await connection.query(RENEW, [id, at])
    },
    async listOf(userId, { now, offset, limit }) {
      const rows = await connection.query(LIST, [userId, now, offset, limit])
      const [count] = await connection.query(COUNT, [userId, now])
      return { items: rows.map(toShownSession), total: count?.total ?? 0 }
    },
    async end(tokenHash) {
      const [row] = await connection.query(END, [tokenHash])
      return row?.user_id
    },
    async endOneOf(userId, id) {
      return (await connection.query(END_ONE, [userId, id])).length > 0
    },
    async endOthersOf(userId, keptId) {
      await connection.query(END_OTHERS, [userId, keptId ?? null])
    },
    async endAllOf(userId) {
      await connection.query(END_ALL, [userId])
    },
    async endAllIn(organisation) {
      await connection.query(END_ALL_IN, [organisation])
    },
    async forget(before) {
      await connection.query(FORGET, [before])
    },
  }
}

function toShownSession(row: Row): ShownSession {
  return {
    id: row.id,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    authenticatedAt: row.authenticated_at,
    source: row.source ?? undefined,
    userAgent: row.user_agent ?? undefined,
  }
}
