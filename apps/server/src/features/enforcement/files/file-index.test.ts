import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toFileIndex } from './file-index.ts'

const FILE = { repositoryId: '1', name: 'tools', sha256: 'a' }

test('has another tag when a file changes, goes, or is that of another repository under the old name', () => {
  const indexes = [[FILE], [{ ...FILE, sha256: 'b' }], [], [{ ...FILE, repositoryId: '2' }]].map(toFileIndex)
  assert.equal(new Set(indexes.map(({ tag }) => tag)).size, indexes.length)
  assert.equal(toFileIndex([{ ...FILE }]).tag, indexes[0]?.tag)
})
