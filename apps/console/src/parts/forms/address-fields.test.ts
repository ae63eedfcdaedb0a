import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAddressFields, writeAddressFields } from './address-fields.ts'

const DEFAULTS = { username: '', state: 'enforced' }

test('what was asked is read back from the address that it was written to', () => {
  const values = { username: 'ann & bob', state: 'pending' }
  const written = writeAddressFields(new URLSearchParams(), values, { defaults: DEFAULTS, resets: [] })
  assert.deepEqual(readAddressFields(new URLSearchParams(written.toString()), DEFAULTS), values)
})

test('defaults stay out of the address, and so do blanks around a value', () => {
  const before = new URLSearchParams('username=bob&state=pending')
  const values = { username: ' ann ', state: 'enforced' }
  assert.equal(writeAddressFields(before, values, { defaults: DEFAULTS, resets: [] }).toString(), 'username=ann')
})

test('another question begins at the first page, and in the organisation that it was asked in', () => {
  const before = new URLSearchParams('organisation=7&page=3')
  const after = writeAddressFields(before, { ...DEFAULTS, username: 'ann' }, { defaults: DEFAULTS, resets: ['page'] })
  assert.equal(after.toString(), 'organisation=7&username=ann')
})
