import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoffMs } from './backoff.ts'

test('waits twice as long after each failure, and never longer than ten seconds', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 5000].map((failures) => backoffMs(failures, 1)),
    [500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000],
  )
})

test('leaves half of each wait to chance', () => {
  assert.deepEqual(
    [0, 0.5, 1].map((chance) => backoffMs(2, chance)),
    [500, 750, 1000],
  )
})
