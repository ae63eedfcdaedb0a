import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ComputedCache } from './computed-cache.ts'

interface Value {
  readonly weight: number
}

function startCache() {
  const cache = new ComputedCache<Value>({ maxWeight: 10, weightOf: ({ weight }) => weight })
  let computed = 0
  const get = (key: string, weight = 1) =>
    cache.get(key, async () => {
      computed++
      return { weight }
    })
  return { cache, get, computed: () => computed }
}

test('computes once for all who ask, at the same time or later', async () => {
  const { get, computed } = startCache()
  const [one, two] = await Promise.all([get('a'), get('a')])
  assert.equal(one, two)
  assert.equal(await get('a'), one)
  assert.equal(computed(), 1)
})

test('forgets what was asked for longest ago when the rest weighs too much, and keeps nothing heavier than all', async () => {
  const { get, computed } = startCache()
  for (const key of ['a', 'b', 'a']) await get(key, 6)
  assert.equal(computed(), 3)
  for (const key of ['heavy', 'heavy']) await get(key, 11)
  assert.equal(computed(), 5)
})

test('tells a failure and tries again', async () => {
  const { cache, get } = startCache()
  await assert.rejects(
    cache.get('a', () => Promise.reject(new Error('away'))),
    /away/,
  )
  assert.deepEqual(await get('a'), { weight: 1 })
})
