import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { UserId } from '../../../kernel/ids.ts'
import { statement } from '../../../platform/database/statement.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'
import { sqlSecondFactorStore } from './second-factor-store.sql.ts'

const userId = '00000000-0000-4000-8000-000000000001' as UserId
const ADD_USER = statement(
  'test.add-user-with-two-factors',
  `insert into app_user (id, organisation_id, username) values ($1, 1, 'ann')`,
)
const factor = { userId, sealedSecret: 'sealed' }
const at = new Date('2026-01-01T00:00:00Z')

test('of two requests that saw the same last step, one uses the next; no earlier one is used after it', async () => {
  await using test = await testDatabase()
  await test.db.query(ADD_USER, [userId])
  const store = sqlSecondFactorStore(test.db)
  await store.putPending({ ...factor, enrolledAt: at })
  assert.equal(await store.turnOn(factor, { at, step: 7 }), true)
  assert.equal(await store.useStep(factor, 7), false)
  const used = await Promise.all([store.useStep(factor, 9), store.useStep(factor, 9)])
  assert.deepEqual(used.sort(), [false, true])
  assert.equal(await store.useStep(factor, 8), false)
  assert.equal(await store.useStep({ ...factor, sealedSecret: 'another' }, 10), false)
  assert.equal(await store.useStep(factor, 10), true)
})
