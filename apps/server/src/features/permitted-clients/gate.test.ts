import assert from 'node:assert/strict'
import { test } from 'node:test'
import { REFUSALS, refusalOf } from './gate.ts'

test('a client that is enabled and permitted comes in', () => {
  assert.equal(refusalOf({ isClientEnabled: true, isPermitted: true }), undefined)
})

test('a client that the company does not permit is refused as the company’s doing', () => {
  const refusal = refusalOf({ isClientEnabled: true, isPermitted: false })
  assert.equal(refusal && REFUSALS[refusal], 'This app has been disabled by your company. Contact your admin for help.')
})

test('a client that is disabled for everyone sends its users to support, whatever the company says', () => {
  for (const isPermitted of [true, false]) {
    const refusal = refusalOf({ isClientEnabled: false, isPermitted })
    assert.equal(refusal && REFUSALS[refusal], 'This app has been disabled. Contact support for help.')
  }
})
