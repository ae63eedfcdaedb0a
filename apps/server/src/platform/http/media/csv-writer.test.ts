import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvLine } from './csv-writer.ts'

test('writes texts, numbers and what is absent', () => {
  assert.equal(csvLine(['ann', -7, undefined, '']), 'ann,-7,,\r\n')
})

test('quotes what would end a cell', () => {
  assert.equal(csvLine(['a,b', 'say "x"', 'two\r\nlines']), '"a,b","say ""x""","two\r\nlines"\r\n')
})

for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
  test(`leaves no cell that a spreadsheet runs: ${JSON.stringify(start)}`, () => {
    assert.match(csvLine([`${start}cmd|' /C calc'!A0`]), /^"?'/)
  })
}

test('leaves no cell that a spreadsheet runs which separates them by semicolons or tabs', () => {
  assert.equal(csvLine(['a;=1+1', 'b\t-2', 'c;"=3"']), `a;'=1+1,b\t'-2,"c;""'=3"""\r\n`)
  assert.equal(csvLine(['two\n=lines', 'a; b = c']), `"two\n'=lines",a; b = c\r\n`)
})
