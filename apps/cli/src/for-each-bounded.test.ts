import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { forEachBounded } from './for-each-bounded.ts'

test('works on everything, never on more than the limit at once', async () => {
  const done: number[] = []
  let running = 0
  let most = 0
  await forEachBounded([1, 2, 3, 4, 5], 2, async (item) => {
    most = Math.max(most, ++running)
    await setImmediate()
    running--
    done.push(item)
  })
  assert.deepEqual(done.sort(), [1, 2, 3, 4, 5])
  assert.equal(most, 2)
})

test('starts nothing after a failure, and lets what is under way end', async () => {
  const ended: number[] = []
  const work = forEachBounded([1, 2, 3, 4], 2, async (item) => {
    await setImmediate()
    if (item === 1) throw new Error('no 1')
    await setImmediate()
    ended.push(item)
  })
  await assert.rejects(work, /no 1/)
  assert.deepEqual(ended, [2])
})
