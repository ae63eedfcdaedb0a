import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '../../../platform/database/open-database.ts'
import { sqlAuditStore } from '../audit.sql.ts'
import { entryOf, sealingOn, startAuditChain } from '../testing/audit-chain.sql.ts'
import { sealRecords } from './seal-records.ts'
import { sqlSealStore } from './seals.sql.ts'

test('seals records in their order, each once, and numbers them without gaps', async () => {
  await using audit = await startAuditChain()
  await audit.record('a', 'b')
  assert.equal(await audit.seal(), 2)
  await audit.record('c')
  assert.equal(await audit.seal(), 1)
  assert.equal(await audit.seal(), 0)
  assert.deepEqual(await audit.sealed(), ['a', 'b', 'c'])
  assert.equal((await audit.anchor()).seq, 3)
  assert.equal((await audit.verify()).outcome, 'intact')
})

test('seals a record whose id was drawn before that of a sealed one, and which was committed after it', async () => {
  await using audit = await startAuditChain()
  const recorded = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const slow = audit.database.transaction(async (tx) => {
    await sqlAuditStore(tx).record(entryOf('slow'))
    recorded.resolve()
    await release.promise
  })
  await recorded.promise
  await audit.record('quick')
  assert.equal(await audit.seal(), 1)
  release.resolve()
  await slow
  assert.equal(await audit.seal(), 1)
  assert.deepEqual(await audit.sealed(), ['quick', 'slow'])
  assert.equal((await audit.verify()).outcome, 'intact')
})

test('a record of a transaction that was undone never shows in the chain', async () => {
  await using audit = await startAuditChain()
  const work = audit.database.transaction(async (tx) => {
    await sqlAuditStore(tx).record(entryOf('undone'))
    throw new Error('changed my mind')
  })
  await assert.rejects(work, /changed my mind/)
  await audit.record('done')
  assert.equal(await audit.seal(), 1)
  assert.deepEqual(await audit.sealed(), ['done'])
  assert.equal((await audit.verify()).outcome, 'intact')
})

test('two nodes that seal at once make one chain', async () => {
  await using audit = await startAuditChain()
  await using other = openDatabase({ url: audit.url })
  const nodes = [sealingOn(audit.database), sealingOn(other)]
  const ids = Array.from({ length: 40 }, (_, index) => `${index}`)
  for (const id of ids) {
    await audit.record(id)
    await Promise.all(nodes.map((node) => sealRecords(node)))
  }
  await audit.seal()
  assert.deepEqual(await audit.sealed(), ids)
  assert.equal((await audit.verify()).outcome, 'intact')
})

test('a node leaves the sealing to another that is at it', async () => {
  await using audit = await startAuditChain()
  await using other = openDatabase({ url: audit.url })
  await audit.record('a')
  await other.transaction(async (tx) => {
    assert.equal(await sqlSealStore(tx).takeTurn(), true)
    assert.equal(await audit.seal(), 0)
  })
  assert.equal(await audit.seal(), 1)
})

test('seals what is more than a chunk, chunk by chunk, and stops between two when told to', async () => {
  await using audit = await startAuditChain()
  await sqlAuditStore(audit.database).recordForEach(
    Array.from({ length: 11_000 }, () => 1),
    entryOf('bulk'),
  )
  assert.equal(await sealRecords(sealingOn(audit.database), AbortSignal.abort()), 5000)
  assert.equal(await audit.seal(), 6000)
  const outcome = await audit.verify()
  assert.deepEqual([outcome.outcome, outcome.checked], ['intact', 11_000])
})

for (const command of [
  `update audit_record set actor_name = 'nobody'`,
  'delete from audit_record',
  'truncate audit_record',
  'update audit_seal set seq = 9',
  'delete from audit_seal',
  'truncate audit_seal',
]) {
  test(`refuses "${command}", even when nothing would come of it`, async () => {
    await using audit = await startAuditChain()
    await assert.rejects(audit.database.query({ name: '', text: command }), /append-only/)
  })
}
