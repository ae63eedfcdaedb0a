import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sqlAuditStore } from '../../../features/audit/audit.sql.ts'
import { SYSTEM_ACTOR } from '../../../features/audit/index.ts'
import { checkPassword } from '../../../features/sign-in/lock-out/check-password.ts'
import { sqlLockOutStore } from '../../../features/sign-in/lock-out/lock-out-store.sql.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'

const now = new Date('2026-01-01T00:00:00Z')
const keys = [{ rule: 'account', text: 'account:ann' }] as const
const onFailure = {
  organisation: 1,
  at: now,
  actor: SYSTEM_ACTOR,
  action: 'sign_in.fail',
  object: { type: 'user', id: 'ann' },
}

test('a right password tells nothing when others, tried at the same time, have locked the account', async () => {
  await using test = await testDatabase()
  const deps = {
    clock: { now: () => now },
    lockOuts: sqlLockOutStore(test.db),
    inTransaction: <T>(work: (stores: Stores) => Promise<T>) => test.db.transaction((tx) => work(storesOn(tx))),
  }
  const guess = (verify: () => Promise<boolean>) => checkPassword(deps, { keys, verify, onFailure })
  for (let n = 0; n < 4; n++) assert.equal(await guess(async () => false), false)
  const right = guess(async () => {
    assert.equal(await guess(async () => false), false)
    return true
  })
  await assert.rejects(right, { code: 'sign_in.locked_out' })
})

type Stores = ReturnType<typeof storesOn>

function storesOn(tx: Parameters<typeof sqlLockOutStore>[0]) {
  return { lockOuts: sqlLockOutStore(tx), audit: sqlAuditStore(tx) }
}
