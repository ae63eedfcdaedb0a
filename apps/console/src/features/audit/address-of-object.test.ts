import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOfObject } from './address-of-object.ts'

test('what has a page in the console leads there, and nothing else does', () => {
  assert.equal(addressOfObject({ type: 'team', id: 't' }), 'teams/t')
  assert.equal(addressOfObject({ type: 'user', id: 'a/b' }), 'users/a%2Fb')
  assert.equal(addressOfObject({ type: 'master_key', id: '1' }), undefined)
})
