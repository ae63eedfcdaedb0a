import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { UserId } from '../../../kernel/ids.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'
import type { SessionId } from './session.ts'
import { sqlSessionStore } from './session-store.sql.ts'

const userId = '00000000-0000-4000-8000-000000000001' as UserId
const ADD_USER = statement(
  'test.add-user-with-session',
  `insert into app_user (id, organisation_id, username, email, password_hash, enabled)
   values ($1, 1, 'ann', 'ann@example.org', 'hash of a password', $2)`,
)
const SET_PASSWORD = statement(
  'test.set-password-of-session',
  `update app_user set password_hash = 'hash of another' where id = $1`,
)
const DISABLE = statement('test.disable-user-with-session', 'update app_user set enabled = false where id = $1')
const WAITING = statement<{ readonly waiting: number }>(
  'test.sessions-waiting-for-locks',
  `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
)

/** Until the work waits for a lock, or has gone on without. */
async function waitsOrEnds(connection: Connection, work: Promise<unknown>): Promise<void> {
  let isOver = false
  void work.finally(() => {
    isOver = true
  })
  while (!isOver && (await connection.query(WAITING))[0]?.waiting === 0) await delay(5)
}

const session = {
  id: '00000000-0000-4000-8000-000000000002' as SessionId,
  tokenHash: Buffer.from('hash'),
  userId,
  passwordHash: 'hash of a password',
  createdAt: new Date('2026-01-01T00:00:00Z'),
  expiresAt: new Date('2026-01-01T12:00:00Z'),
  source: undefined,
  userAgent: undefined,
}

test('makes no session for somebody disabled or gone since the password was checked', async () => {
  await using test = await testDatabase()
  const sessions = sqlSessionStore(test.db)
  assert.equal(await sessions.add(session), false)
  await test.db.query(ADD_USER, [userId, false])
  assert.equal(await sessions.add(session), false)
})

test('makes no session for a password that is another by now, or is set while it is made', async () => {
  await using test = await testDatabase()
  await test.db.query(ADD_USER, [userId, true])
  const adding = await test.db.transaction(async (tx) => {
    await tx.query(SET_PASSWORD, [userId])
    const isAdded = sqlSessionStore(test.db).add(session)
    await waitsOrEnds(test.db, isAdded)
    return { isAdded }
  })
  assert.equal(await adding.isAdded, false)
  assert.equal(await sqlSessionStore(test.db).add(session), false)
})

test('whoever disables a user while a session is made for them waits, and then ends it', async () => {
  await using test = await testDatabase()
  await test.db.query(ADD_USER, [userId, true])
  let disabling: Promise<unknown> = Promise.resolve()
  await test.db.transaction(async (tx) => {
    assert.equal(await sqlSessionStore(tx).add(session), true)
    disabling = test.db.transaction(async (other) => {
      await other.query(DISABLE, [userId])
      await sqlSessionStore(other).endAllOf(userId)
    })
    await waitsOrEnds(test.db, disabling)
  })
  await disabling
  assert.equal(await sqlSessionStore(test.db).findUser(session.tokenHash, undefined), undefined)
})
