import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTableState, toPageRequest, writeTableState } from './table-state.ts'

const DEFAULTS = { sort: 'username', fields: ['username', 'email'], filters: ['enabled'] }

test('what is as by default is not in the address', () => {
  const state = readTableState(new URLSearchParams(), DEFAULTS)
  assert.equal(writeTableState(new URLSearchParams('organisation=2'), state, DEFAULTS).toString(), 'organisation=2')
})

test('the address keeps page, size, order, search and filters', () => {
  const address = 'page=3&size=100&sort=-email&in=email&q=ann&enabled=true'
  const state = readTableState(new URLSearchParams(address), DEFAULTS)
  assert.equal(writeTableState(new URLSearchParams(), state, DEFAULTS).toString(), address)
  assert.deepEqual(toPageRequest(state), {
    page: 3,
    pageSize: 100,
    sort: 'email',
    descending: true,
    search: { email: 'ann' },
    filter: { enabled: 'true' },
  })
})

test('an address that makes no sense shows the first page', () => {
  const state = readTableState(new URLSearchParams('page=-1&size=7&in=password'), DEFAULTS)
  assert.deepEqual([state.page, state.pageSize, state.field], [1, 25, 'username'])
})

test('two tables of one page do not touch each other', () => {
  const parameters = new URLSearchParams('page=2')
  const state = { ...readTableState(parameters, { ...DEFAULTS, prefix: 'b-' }), page: 5 }
  const after = writeTableState(parameters, state, { ...DEFAULTS, prefix: 'b-' })
  assert.equal(after.toString(), 'page=2&b-page=5')
})
