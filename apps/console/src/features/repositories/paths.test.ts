import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBelow } from './paths.ts'

test('below is by whole segments, and nothing is below itself', () => {
  assert.ok(isBelow('/trunk/src', '/trunk'))
  assert.ok(isBelow('/trunk', '/'))
  assert.ok(!isBelow('/trunk-old', '/trunk'))
  assert.ok(!isBelow('/trunk', '/trunk'))
  assert.ok(!isBelow('/', '/'))
})
