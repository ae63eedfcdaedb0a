import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePostmasterFile } from './postmaster-file.ts'

test('reads process and status off a whole file', () => {
  const text = '4711\n/data/cluster\n1763838000\n5432\n/data/run\n\n 1234567 8\nready   \n'
  assert.deepEqual(parsePostmasterFile(text), { pid: 4711, status: 'ready' })
})

test('knows the process before the status is written', () => {
  assert.deepEqual(parsePostmasterFile('4711\n/data/cluster\n1763838000\n'), { pid: 4711, status: 'unknown' })
})

test('takes nothing else for such a file', () => {
  for (const text of ['', '\n', 'x\n', '0\n', '1\n', '-5\n']) assert.equal(parsePostmasterFile(text), undefined)
})
