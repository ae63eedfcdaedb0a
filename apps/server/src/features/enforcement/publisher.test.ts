import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Publisher } from './publisher.ts'

/** Rounds end when the test says so; rests end at once. */
function startPublisher() {
  const rounds: { organisation: number; end: PromiseWithResolvers<void> }[] = []
  const failures: unknown[] = []
  const rests: number[] = []
  let now = 0
  const publisher = new Publisher({
    publish: (organisation) => {
      const end = Promise.withResolvers<void>()
      rounds.push({ organisation, end })
      return end.promise
    },
    onFailure: (_organisation, error) => failures.push(error),
    monotonicMs: () => now,
    rest: async (forMs) => void rests.push(forMs),
  })
  const pass = (ms: number) => {
    now += ms
  }
  return { publisher, rounds, failures, rests, pass, organisations: () => rounds.map((round) => round.organisation) }
}

test('publishes at once, and once more for whatever was asked during a round', async () => {
  const { publisher, rounds, organisations } = startPublisher()
  publisher.request(1)
  assert.deepEqual(organisations(), [1])
  for (let i = 0; i < 10; i++) publisher.request(1)
  assert.deepEqual(organisations(), [1])
  rounds[0]?.end.resolve()
  await new Promise(setImmediate)
  assert.deepEqual(organisations(), [1, 1])
  rounds[1]?.end.resolve()
  await publisher.idle()
  assert.deepEqual(organisations(), [1, 1])
})

test('publishes two organisations at once at most, and the others after them', async () => {
  const { publisher, rounds, organisations } = startPublisher()
  for (const organisation of [1, 2, 3]) publisher.request(organisation)
  assert.deepEqual(organisations(), [1, 2])
  rounds[1]?.end.resolve()
  await new Promise(setImmediate)
  assert.deepEqual(organisations(), [1, 2, 3])
  for (const { end } of rounds) end.resolve()
  await publisher.idle()
})

test('lets an organisation rest for as long as a long round took, a second at most', async () => {
  const { publisher, rounds, rests, pass } = startPublisher()
  for (const tookMs of [40, 400, 5000]) {
    publisher.request(1)
    pass(tookMs)
    rounds.at(-1)?.end.resolve()
    await publisher.idle()
  }
  assert.deepEqual(rests, [400, 1000])
})

test('goes on after a round that failed', async () => {
  const { publisher, rounds, failures, organisations } = startPublisher()
  publisher.request(1)
  rounds[0]?.end.reject(new Error('away'))
  await publisher.idle()
  assert.equal(failures.length, 1)
  publisher.request(1)
  assert.deepEqual(organisations(), [1, 1])
  rounds[1]?.end.resolve()
  await publisher.idle()
})
