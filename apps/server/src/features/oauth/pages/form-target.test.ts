import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formTarget } from './form-target.ts'

test('a form leads to the origin of a redirect URI, or to the scheme of an app, and to nothing else', () => {
  assert.equal(formTarget('https://app.example/back?x=1;script-src *'), 'https://app.example')
  assert.equal(formTarget('http://127.0.0.1:4711/back'), 'http://127.0.0.1:4711')
  assert.equal(formTarget('http://[::1]:4711/back'), 'http:')
  assert.equal(formTarget('com.example.app:/back;x'), 'com.example.app:')
  assert.equal(formTarget('not a uri'), undefined)
})
