import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEntryName, nameKey, readEntryFilter, searchText } from './entry-text.ts'

const page = { limit: 25, offset: 0 }

test('takes names that differ in case or in composition alone for the same', () => {
  assert.equal(nameKey('ÄRGER'), nameKey('a\u0308rger'))
  assert.notEqual(nameKey('Sales'), nameKey('Sale'))
})

test('looks for every word of a search, whatever its case and the blanks between', () => {
  assert.deepEqual(readEntryFilter({ ...page, q: '  Sales \t EU ' }).words, ['sales', 'eu'])
  assert.deepEqual(readEntryFilter({ ...page, q: ' ' }).words, [])
})

test('finds a word of each of the four fields', () => {
  const text = searchText({ name: 'Sales', description: 'Of Europe', aliases: 'Earnings', abbreviations: 'SLS' })
  for (const word of readEntryFilter({ ...page, q: 'SALES europe earn sls' }).words)
    assert.ok(text.includes(word), word)
})

test('takes the first letter in either case', () => {
  assert.equal(readEntryFilter({ ...page, alphaFilter: 'Ä' }).firstLetter, 'ä')
  assert.equal(readEntryFilter(page).firstLetter, undefined)
})

for (const name of ['Sales', 'Übergang 2', 'a b', '数据', '🗄']) {
  test(`${JSON.stringify(name)} can be a name`, () => assert.ok(isEntryName(name)))
}

for (const name of ['', ' ', ' a', 'a ', 'a\nb', 'a\tb', 'a\u200bb', 'a\u2028b']) {
  test(`${JSON.stringify(name)} cannot be a name`, () => assert.ok(!isEntryName(name)))
}
