import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coversScope, effectiveScope } from './scope.ts'

test('a request without a scope that exists means the default one', () => {
  for (const requested of [undefined, '', 'files', 'api', 'api api']) assert.equal(effectiveScope(requested), 'api')
  assert.equal(effectiveScope('openid email'), 'openid api')
})

test('what was given covers the same and less, not more', () => {
  assert.ok(coversScope('api', 'api'))
  assert.ok(coversScope('openid api', 'api'))
  assert.ok(!coversScope('api', 'openid api'))
})
