import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCredentials } from './credentials.ts'

const cookies = { portreeve_session: 'abc' }
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })

test('reads every scheme, whatever its case', () => {
  const token = { kind: 'token', token: 'ptr_x', username: undefined }
  assert.deepEqual(readCredentials({ authorization: 'Bearer ptr_x' }, {}), token)
  assert.deepEqual(readCredentials({ authorization: 'bearer  ptr_x' }, {}), token)
  assert.deepEqual(readCredentials({ authorization: 'OAuth2 ptr_x' }, {}), token)
  assert.deepEqual(readCredentials(basic('ann:ptr_x'), {}), { ...token, username: 'ann' })
  assert.deepEqual(readCredentials(basic('änn:b:ptr_x'), {}), { ...token, username: 'änn:b' })
})

test('takes the session cookie only where there is no Authorization', () => {
  assert.deepEqual(readCredentials({}, cookies), { kind: 'session', token: 'abc' })
  assert.equal(readCredentials({ authorization: 'Bearer x' }, cookies)?.kind, 'token')
  assert.equal(readCredentials({}, { portreeve_session: '' }), undefined)
  assert.equal(readCredentials({}, {}), undefined)
})

test('refuses what it cannot read rather than passing it over', () => {
  for (const authorization of ['', 'Bearer', 'Digest x', 'Bearer a b', 'ptr_x', 'Basic !', basic(':x').authorization]) {
    assert.throws(() => readCredentials({ authorization }, cookies), { code: 'sign_in.not_valid' }, authorization)
  }
})
