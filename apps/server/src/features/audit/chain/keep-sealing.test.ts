import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepSealing } from './keep-sealing.ts'

/** Runs as many rounds, in each of which the failures named after it happen; every round takes a second. */
async function keep(rounds: number, failsAt: Readonly<Record<number, 'seal' | 'anchor'>> = {}) {
  const stopping = new AbortController()
  const happened: string[] = []
  let round = 0
  await keepSealing(
    {
      seal: async () => {
        if (failsAt[round] === 'seal') throw new Error('away')
        happened.push(`${round} seal`)
      },
      anchor: {
        everyMs: 3000,
        write: async () => {
          if (failsAt[round] === 'anchor') throw new Error('full')
          happened.push(`${round} anchor`)
        },
      },
      monotonicMs: () => round * 1000,
      rest: async () => {
        round += 1
        if (round === rounds) stopping.abort()
      },
      onFailure: (what) => happened.push(`${round} ${what} failed`),
    },
    stopping.signal,
  )
  return happened
}

test('seals every second, and writes an anchor at first and then now and then', async () => {
  assert.deepEqual(await keep(5), ['0 seal', '0 anchor', '1 seal', '2 seal', '3 seal', '3 anchor', '4 seal'])
})

test('tells once that it cannot seal, goes on trying, and writes no anchor meanwhile', async () => {
  const happened = await keep(4, { 0: 'seal', 1: 'seal' })
  assert.deepEqual(happened, ['0 seal failed', '2 seal', '2 anchor', '3 seal'])
})

test('tries an anchor that could not be written again a minute later', async () => {
  const happened = await keep(62, { 0: 'anchor' })
  assert.deepEqual(
    happened.filter((each) => each.includes('anchor')),
    ['0 anchor failed', '60 anchor'],
  )
})
