import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { newRecoveryCodes, parseRecoveryCode } from './recovery-code.ts'

test('makes ten codes, each another, that are read however they are typed', () => {
  const codes = newRecoveryCodes({ bytes: randomBytes })
  assert.equal(new Set(codes).size, 10)
  for (const code of codes) {
    assert.match(code, /^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/)
    const plain = code.replaceAll('-', '')
    assert.equal(parseRecoveryCode(code), plain)
    assert.equal(parseRecoveryCode(` ${code.toLowerCase().replaceAll('-', ' ')}`), plain)
  }
})

test('takes nothing else for one', () => {
  for (const text of ['', '123456', 'ABCD-EFGH-IJKL-MNO', 'ABCD-EFGH-IJKL-MNO1', 'ABCD-EFGH-IJKL-MNOPQ']) {
    assert.equal(parseRecoveryCode(text), undefined, text)
  }
})
