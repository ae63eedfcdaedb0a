import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageOfEntries } from './page-of-entries.ts'

const ENTRIES = [
  { path: '/b', name: 'One' },
  { path: '/a', name: 'two' },
  { path: '/a', name: 'ONE more' },
]

function page(options: { ascending?: boolean; text?: string; pageNumber?: number }) {
  const { ascending = true, text, pageNumber = 1 } = options
  const request = {
    pageNumber,
    pageSize: 2,
    sort: { field: 'path', ascending },
    search: text === undefined ? [] : [{ field: 'name', text }],
  }
  const found = pageOfEntries(ENTRIES, request, (entry, field) => (field === 'path' ? entry.path : entry.name))
  return [found.total, ...found.items.map(({ name }) => name)]
}

test('sorts by the field, and leaves what it does not tell apart in the given order', () => {
  assert.deepEqual(page({}), [3, 'two', 'ONE more'])
  assert.deepEqual(page({ pageNumber: 2 }), [3, 'One'])
  assert.deepEqual(page({ ascending: false }), [3, 'One', 'two'])
})

test('finds what contains the text, whatever the case', () => {
  assert.deepEqual(page({ text: 'one' }), [2, 'ONE more', 'One'])
  assert.deepEqual(page({ text: 'three' }), [0])
})
