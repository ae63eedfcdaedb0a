import assert from 'node:assert/strict'
import { test } from 'node:test'
import { secretToken } from './secret-token.ts'

test('makes a different token of 32 bytes each time, with its prefix', () => {
  const first = secretToken.next('ptr_')
  assert.match(first, /^ptr_[A-Za-z0-9_-]{43}$/)
  assert.notEqual(first, secretToken.next('ptr_'))
})

test('digests the same token to the same 32 bytes', () => {
  assert.equal(secretToken.digest('a').length, 32)
  assert.deepEqual(secretToken.digest('a'), secretToken.digest('a'))
  assert.notDeepEqual(secretToken.digest('a'), secretToken.digest('b'))
})
