import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PasswordHash } from './password-hash.ts'

test('accepts the password a hash was made of and no other', async () => {
  const passwords = new PasswordHash()
  const hashed = await passwords.hash('correct horse')
  assert.match(hashed, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await passwords.verify(hashed, 'correct horse'), true)
  assert.equal(await passwords.verify(hashed, 'correct horsf'), false)
})

test('verifies in vain, without failing, where there is no account', async () => {
  assert.equal(await new PasswordHash().verify(undefined, 'anything'), false)
})

test('serves everyone in line and turns away whom it cannot', async () => {
  const passwords = new PasswordHash({ running: 2, waiting: 3 })
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => passwords.verify(undefined, 'x')))
  const refused = results.filter((result) => result.status === 'rejected')
  assert.equal(refused.length, 1)
  assert.equal(refused[0]?.reason.code, 'security.busy')
  assert.equal(await passwords.verify(undefined, 'x'), false)
})
