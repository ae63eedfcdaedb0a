import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedValues } from './changed-values.ts'

test('only what differs is a change, be it emptied, switched, or another choice', () => {
  const before = { name: 'ledger', host: 'db', trusted: false, flags: ['a'] }
  assert.deepEqual(changedValues(before, { ...before, flags: ['a'] }), {})
  assert.deepEqual(changedValues(before, { name: 'ledger', host: '', trusted: true, flags: ['b'] }), {
    host: '',
    trusted: true,
    flags: ['b'],
  })
})
