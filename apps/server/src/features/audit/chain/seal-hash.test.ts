import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { BEGINNING, type SealableRecord, sealedBytes, sealHash } from './seal-hash.ts'

const RECORD: SealableRecord = {
  id: '7',
  organisation: '1',
  at: '1767225600000000',
  actorId: null,
  actorName: 'änn',
  via: 'token',
  action: 'team.create',
  objectType: 'team',
  objectId: 't1',
  details: '{"name": "a"}',
  requestId: null,
  taskId: null,
}

/** As docs/guides/audit.md describes it, written a second time. */
function bytesAsDocumented(texts: readonly (string | null)[]): Buffer {
  return Buffer.concat([
    Buffer.from([1]),
    ...texts.map((text) => {
      if (text === null) return Buffer.from('ffffffff', 'hex')
      const bytes = Buffer.from(text)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return Buffer.concat([length, bytes])
    }),
  ])
}

test('hashes the hash before and the bytes that the guide describes', () => {
  const columns = [
    '7',
    '1',
    '1767225600000000',
    null,
    'änn',
    'token',
    'team.create',
    'team',
    't1',
    '{"name": "a"}',
    null,
    null,
  ]
  const bytes = bytesAsDocumented(columns)
  const all = Buffer.concat([Buffer.alloc(32), bytes])
  assert.deepEqual(sealedBytes(BEGINNING, RECORD), all)
  const expected = createHash('sha256').update(all).digest()
  assert.deepEqual(sealHash(BEGINNING, RECORD), expected)
})

test('no two records have the same bytes: not by moving text between columns, nor by null for nothing', () => {
  const others: Partial<SealableRecord>[] = [
    { objectType: 'teamt', objectId: '1' },
    { objectType: 'tea', objectId: 'mt1' },
    { actorId: '' },
    { requestId: '' },
    { requestId: 'x' },
    { taskId: 'x' },
    { details: null },
    { organisation: null },
    { at: '1767225600000001' },
    { actorName: 'ann' },
    { via: 'session' },
    { action: 'team.delete' },
    { id: '8' },
  ]
  const all = [RECORD, ...others.map((other) => ({ ...RECORD, ...other }))].map((record) =>
    sealedBytes(BEGINNING, record).toString('hex'),
  )
  assert.equal(new Set(all).size, all.length)
})
