import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findZeroCharacters } from './zero-characters.ts'

test('names every field that holds a zero character, and no other', () => {
  const value = { name: 'a\0', size: 1, none: null, DTOs: [{ path: '' }, { path: '\0' }], ids: ['\0'] }
  assert.deepEqual(
    findZeroCharacters(value).map((problem) => problem.split(' ', 1)[0]),
    ['name', 'DTOs[1].path', 'ids[0]'],
  )
})
