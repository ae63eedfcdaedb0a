import assert from 'node:assert/strict'
import { test } from 'node:test'
import { interleave, median } from './interleave.ts'

test('takes the middle figure, or the mean of the two in the middle', () => {
  assert.equal(median([9, 1, 5]), 5)
  assert.equal(median([4, 1, 9, 2]), 3)
  assert.throws(() => median([]), RangeError)
})

test('alternates who goes first, and leaves the warm-up out of the medians', async () => {
  const turns: string[] = []
  const contestant = (name: string) => async (round: number) => {
    turns.push(name + round)
    return round === 0 ? 1000 : round
  }
  const medians = await interleave({ ours: contestant('o'), peer: contestant('p') }, { rounds: 2, warmUps: 1 })
  assert.deepEqual(turns, ['o0', 'p0', 'p1', 'o1', 'o2', 'p2'])
  assert.deepEqual(medians, { ours: 1.5, peer: 1.5 })
})
