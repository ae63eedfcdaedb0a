import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAnchors, spreadAnchors } from './read-anchors.ts'

const HASH = 'ab'.repeat(32)

test('finds the anchors in a file of them and in a system log, and nothing else', () => {
  const text = [
    `7 ${HASH} 2026-01-01T00:00:00.000Z 7`,
    `<86>1 2026-01-01T00:10:00.000Z gate portreeve 12 AUDIT-ANCHOR - 12 ${HASH} 2026-01-01T00:10:00.000Z 5`,
    'Jan  1 00:20:00 gate sshd[3]: session opened',
    `13 ${HASH.slice(1)} 2026-01-01T00:30:00.000Z 1`,
    '',
  ].join('\n')
  assert.deepEqual(readAnchors(text), [
    { seq: 7, hash: HASH },
    { seq: 12, hash: HASH },
  ])
})

test('of more anchors than may be sent keeps the furthest, and some from everywhere', () => {
  const anchors = Array.from({ length: 1000 }, (_, index) => ({ seq: index + 1, hash: HASH }))
  const kept = spreadAnchors(anchors, 10).map(({ seq }) => seq)
  assert.deepEqual(kept, [1000, 900, 800, 700, 600, 500, 400, 300, 200, 100])
  assert.equal(spreadAnchors(anchors, 5000).length, 1000)
  assert.deepEqual(spreadAnchors([]), [])
})
