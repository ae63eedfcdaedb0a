import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEW_CREDENTIAL, toChange, toNew } from './credential-form.ts'

const { password: _none, ...EMPTY } = NEW_CREDENTIAL

test('new ones are made of what was entered, without an empty password', () => {
  assert.deepEqual(toNew({ ...NEW_CREDENTIAL, name: 'Reader', username: 'reader', password: 's3cret' }), {
    name: 'Reader',
    username: 'reader',
    password: 's3cret',
  })
  assert.deepEqual(toNew({ ...NEW_CREDENTIAL, name: 'Host', trusted: true }), { name: 'Host', trusted: true })
})

test('a change is what differs, and never a password', () => {
  const before = { ...EMPTY, name: 'Reader', username: 'reader' }
  assert.deepEqual(toChange(before, { ...before, role: 'dba' }), { role: 'dba' })
})
