import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserId } from '../../../kernel/ids.ts'
import { statement } from '../../../platform/database/statement.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'
import type { SessionId } from './session.ts'
import { sqlSessionStore } from './session-store.sql.ts'

const userId = '00000000-0000-4000-8000-000000000001' as UserId
const ADD_USER = statement(
  'test.add-user-with-session',
  `insert into app_user (id, organisation_id, username, enabled) values ($1, 1, 'ann', $2)`,
)
const DISABLE = statement('test.disable-user-with-session', 'update app_user set enabled = false where id = $1')

const session = {
  id: '00000000-0000-4000-8000-000000000002' as SessionId,
  tokenHash: Buffer.from('hash'),
  userId,
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
  })
  await disabling
  assert.equal(await sqlSessionStore(test.db).findUser(session.tokenHash, undefined), undefined)
})
