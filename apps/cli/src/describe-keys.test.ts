import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeKeys } from './describe-keys.ts'

const rotation = { keyId: 'b', requestedAt: '2026-01-01T00:00:00Z', finishedAt: null, rewrapped: 2, unreadable: 0 }

test('tells which key is in use, which is needed still, and how far the rotation is', () => {
  const keys = [
    { keyId: 'a', wraps: 5 },
    { keyId: 'b', wraps: 2 },
  ]
  assert.equal(
    describeKeys({ currentKey: 'b', keys, rotation }),
    'b wraps 2 data keys: the master key in use.\na wraps 5 data keys still.\nA rotation is under way: 2 wrapped anew so far.\n',
  )
  const finished = { ...rotation, finishedAt: '2026-01-01T00:01:00Z', rewrapped: 7, unreadable: 1 }
  assert.match(
    describeKeys({ currentKey: 'b', keys: [{ keyId: 'b', wraps: 7 }], rotation: finished }),
    /^b wraps 7 .*\nThe latest rotation was finished at 2026-01-01T00:01:00Z: 7 wrapped anew. 1 were damaged before/,
  )
  assert.equal(
    describeKeys({ currentKey: 'b', keys: [], rotation: null }),
    'b wraps 0 data keys: the master key in use.\n',
  )
})
