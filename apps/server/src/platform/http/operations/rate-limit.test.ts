import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RateLimiter } from './rate-limit.ts'

test('gives each caller so many requests a minute, from the first on, and counts what is too many', () => {
  let now = 0
  const limiter = new RateLimiter(2, () => now)
  assert.deepEqual(limiter.take('a'), { remaining: 1, resetMs: 60_000 })
  now += 20_000
  assert.deepEqual(limiter.take('a'), { remaining: 0, resetMs: 40_000 })
  assert.deepEqual(limiter.take('a'), { remaining: -1, resetMs: 40_000 })
  assert.deepEqual(limiter.take('b'), { remaining: 1, resetMs: 60_000 })
  now += 40_000
  assert.deepEqual(limiter.take('a'), { remaining: 1, resetMs: 60_000 })
})
