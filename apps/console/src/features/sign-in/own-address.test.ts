import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownAddress } from './own-address.ts'
import { setUpCodeOf } from './set-up-code.ts'

test('the sign-in leads on within the console alone', () => {
  assert.equal(ownAddress('/users?q=ann'), '/users?q=ann')
  for (const other of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '']) {
    assert.equal(ownAddress(other), '/', other)
  }
})

test('the set-up code is taken from a whole link, too', () => {
  assert.equal(setUpCodeOf(' http://127.0.0.1:8470/setup?code=abc '), 'abc')
  assert.equal(setUpCodeOf('abc'), 'abc')
})
