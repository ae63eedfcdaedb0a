import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeSealingKey, SealedSecrets, sealingKeyOf } from './sealed-secret.ts'

const KEY = makeSealingKey()
const secrets = new SealedSecrets(KEY)

test('opens what was sealed, for the record it was sealed for', () => {
  for (const secret of ['', 'hunter2', 'pässwörd ✓', 'x'.repeat(10_000)]) {
    assert.equal(new SealedSecrets(KEY).open(secrets.seal(secret, 'record 1'), 'record 1'), secret)
  }
})

test('seals the same secret differently each time, and shows nothing of it', () => {
  const [one, other] = [secrets.seal('hunter2', 'r'), secrets.seal('hunter2', 'r')]
  assert.notEqual(one, other)
  assert.doesNotMatch(one, /hunter2/)
})

test('does not open for another record', () => {
  const sealed = secrets.seal('hunter2', 'record 1')
  assert.throws(() => secrets.open(sealed, 'record 2'), { code: 'sealed_secret.not_authentic' })
})

test('does not open when anything of it was changed', () => {
  const sealed = secrets.seal('hunter2', 'r')
  const at = sealed.lastIndexOf('.') + 1
  for (let index = at; index < sealed.length - 1; index++) {
    const changed = sealed[index] === 'A' ? 'B' : 'A'
    const forged = sealed.slice(0, index) + changed + sealed.slice(index + 1)
    assert.throws(() => secrets.open(forged, 'r'), { code: 'sealed_secret.not_authentic' })
  }
  for (const forged of ['', 'v2.x', sealed.slice(0, at), sealed.slice(0, at + 20), `${sealed}.`]) {
    assert.throws(() => secrets.open(forged, 'r'), { code: 'sealed_secret.not_authentic' })
  }
})

test('says that it was sealed with another key', () => {
  const others = new SealedSecrets(makeSealingKey())
  assert.throws(() => others.open(secrets.seal('hunter2', 'r'), 'r'), { code: 'sealed_secret.other_key' })
})

test('opens what former keys sealed, and seals with the current one', () => {
  const sealed = secrets.seal('hunter2', 'r')
  const current = makeSealingKey()
  const later = new SealedSecrets(current, KEY)
  assert.equal(later.open(sealed, 'r'), 'hunter2')
  assert.equal(later.seal('hunter2', 'r').split('.')[1], current.id)
})

// Sealed for 'second factor of user 1' with the master key of 32 bytes 0x07 when sealing keys followed from master keys.
const FORMER = 'v1.51cf1d26a672d54f.wHjcHwNnhd6YCw7tdWPYzejRjtn3Jts8EVKhw_XUE7dGVCM'

test('opens what was sealed when sealing keys followed from the master key', () => {
  const former = new SealedSecrets(sealingKeyOf(Buffer.alloc(32, 7)))
  assert.equal(former.open(FORMER, 'second factor of user 1'), 'hunter2')
})
