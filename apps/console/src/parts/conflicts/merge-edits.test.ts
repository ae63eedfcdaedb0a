import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ChangedMeanwhile, mergeEdits } from './merge-edits.ts'

const BEGAN = { name: 'Pilots', description: 'Of the harbour', flags: ['a'] }

test('what others have changed stays, beside what is edited here', () => {
  const now = { ...BEGAN, description: 'Of the sea' }
  assert.deepEqual(mergeEdits(BEGAN, now, { name: 'Sea pilots' }), { ...now, name: 'Sea pilots' })
})

test('the same field changed by both is a clash, which tells what it is now', () => {
  const now = { ...BEGAN, name: 'Harbour pilots', description: 'Of the sea' }
  assert.throws(
    () => mergeEdits(BEGAN, now, { name: 'Sea pilots' }),
    (error) => {
      assert.ok(error instanceof ChangedMeanwhile)
      assert.deepEqual(error.theirs, { name: 'Harbour pilots' })
      assert.deepEqual(error.now, now)
      return true
    },
  )
})

test('the same change made by both is no clash, nor is one of a list that says the same', () => {
  const now = { ...BEGAN, name: 'Sea pilots', flags: ['b'] }
  assert.deepEqual(mergeEdits(BEGAN, now, { name: 'Sea pilots', flags: ['b'] }), now)
})
