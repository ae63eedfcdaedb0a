import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findUnstorableText } from './unstorable-text.ts'

test('names every field that holds a zero character or half a pair, and no other', () => {
  const value = {
    name: 'a\0',
    size: 1,
    none: null,
    DTOs: [{ path: '' }, { path: '\0' }],
    ids: ['\0'],
    half: '\ud800',
    pair: '\ud83d\ude00',
  }
  assert.deepEqual(
    findUnstorableText(value).map((problem) => problem.split(' ', 1)[0]),
    ['name', 'DTOs[1].path', 'ids[0]', 'half'],
  )
  assert.deepEqual(findUnstorableText({ properties: { 'a\0': 'x' } }), [
    'a name in properties must not hold the character U+0000',
  ])
})
