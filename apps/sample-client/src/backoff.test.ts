import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backoffMs } from './backoff.ts'

test('waits twice as long after each failure, and never longer than a minute', () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 5000].map((failures) => backoffMs(failures, 1)),
    [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000],
  )
})

test('clients that failed together come back apart, and none of them at once', () => {
  assert.deepEqual(
    [0, 0.5, 1].map((chance) => backoffMs(3, chance)),
    [2000, 3000, 4000],
  )
})
