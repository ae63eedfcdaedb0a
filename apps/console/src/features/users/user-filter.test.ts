import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toChosenUsers, toListRequest } from './user-filter.ts'

const NARROWED = { search: { search: 'ann' }, filter: { role: 'admin', enabled: 'false' } }

test('the one search text goes along with the filters', () => {
  assert.deepEqual(toListRequest({ page: 2, pageSize: 25, sort: 'email', ...NARROWED }), {
    page: 2,
    pageSize: 25,
    sort: 'email',
    filter: { search: 'ann', role: 'admin', enabled: 'false' },
  })
})

test('some who are chosen are told by their ids, whatever the table is narrowed to', () => {
  assert.deepEqual(toChosenUsers({ kind: 'some', keys: new Set(['a', 'b']) }, NARROWED), { user_ids: ['a', 'b'] })
})

test('all that match are told by what the table is narrowed to, and by nothing where it is not', () => {
  const all = { kind: 'all', total: 30 } as const
  assert.deepEqual(toChosenUsers(all, NARROWED), { filter: { search: 'ann', role: 'admin', enabled: false } })
  assert.deepEqual(toChosenUsers(all, { filter: { enabled: 'true' } }), { filter: { enabled: true } })
  assert.deepEqual(toChosenUsers(all, {}), { filter: {} })
})
