import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isOwnOrigin } from './own-origin.ts'

const base = 'https://gate.example/portreeve'

test('our own pages are those of the base URL and of the host asked', () => {
  assert.equal(isOwnOrigin({ origin: 'https://gate.example' }, base), true)
  assert.equal(isOwnOrigin({ referer: 'https://gate.example/a?b' }, base), true)
  assert.equal(isOwnOrigin({ origin: 'http://127.0.0.1:8470', host: '127.0.0.1:8470' }, base), true)
})

test('other pages, other ports and pages of nobody are not', () => {
  for (const origin of [
    'https://gate.example.evil.org',
    'http://gate.example',
    'https://gate.example:8443',
    'null',
    '',
  ]) {
    assert.equal(isOwnOrigin({ origin, host: 'internal:8470' }, base), false, origin)
  }
  const both = { origin: 'https://evil.org', referer: 'https://gate.example/' }
  assert.equal(isOwnOrigin(both, base), false)
})

test('a request may not say where it comes from', () => {
  assert.equal(isOwnOrigin({ host: 'gate.example' }, base), undefined)
})
