import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTestable, NEW_AUTHORITY, toBody, toForm } from './authority-form.ts'

const STORED = {
  id: '4b3a7c60-0000-4000-8000-000000000000',
  name: 'staff',
  url: 'ldap://ldap.example.org',
  startTls: true,
  bindDn: 'cn=reader,dc=example,dc=org',
  userBase: 'ou=people,dc=example,dc=org',
  userFilter: '(objectClass=person)',
  usernameAttribute: 'uid',
  emailAttribute: 'mail',
  displayNameAttribute: 'cn',
  pageSize: 100,
  timeoutMs: 5000,
}

test('a stored one that nobody touched is sent as it is, without a password', () => {
  const { id: _id, ...same } = STORED
  assert.deepEqual(toBody(toForm(STORED)), same)
})

test('a password is sent where one is entered, and forgotten with its bind DN', () => {
  assert.equal(toBody({ ...toForm(STORED), bindPassword: 'secret' }).bindPassword, 'secret')
  const anonymous = toBody({ ...toForm(STORED), bindDn: ' ' })
  assert.deepEqual([anonymous.bindDn, anonymous.bindPassword], [undefined, null])
})

test('an emptied number or text is left out, so that it gets its default', () => {
  const body = toBody({ ...toForm(STORED), pageSize: '', userFilter: '' })
  assert.deepEqual([body.pageSize, body.userFilter, body.timeoutMs], [undefined, undefined, 5000])
})

test('it can be tested as entered once it has an address, a base, and a password for its bind DN', () => {
  assert.equal(isTestable(NEW_AUTHORITY), false)
  const entered = { ...NEW_AUTHORITY, url: STORED.url, userBase: STORED.userBase }
  assert.equal(isTestable(entered), true)
  assert.equal(isTestable({ ...entered, bindDn: STORED.bindDn }), false)
  assert.equal(isTestable({ ...entered, bindDn: STORED.bindDn, bindPassword: 'secret' }), true)
})
