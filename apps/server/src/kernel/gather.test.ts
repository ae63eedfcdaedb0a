import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from './errors.ts'
import { gather } from './gather.ts'

/** Answers each ask with its double; each round waits to be let go on, and -1 spoils the one that it is in. */
function doubling() {
  const rounds: { readonly asks: readonly number[]; goOn(): void; fail(error: Error): void }[] = []
  const ask = gather<number, number>(
    (asks) =>
      new Promise((resolve, reject) => {
        const answer = () => (asks.includes(-1) ? reject(new Error('spoilt')) : resolve(asks.map((n) => n * 2)))
        rounds.push({ asks, goOn: answer, fail: reject })
      }),
  )
  return { rounds, ask }
}

test('who asks while others are being answered is answered next, together with all others, each with their own', async () => {
  const { rounds, ask } = doubling()
  const first = ask(1)
  const others = [2, 2, 3].map(ask)
  assert.deepEqual(rounds[0]?.asks, [1])
  rounds[0]?.goOn()
  assert.equal(await first, 2)
  await nextTurn()
  assert.deepEqual(rounds[1]?.asks, [2, 2, 3])
  rounds[1]?.goOn()
  assert.deepEqual(await Promise.all(others), [4, 4, 6])
})

test('one that spoils the answer for all spoils its own alone', async () => {
  const { rounds, ask } = doubling()
  const first = ask(1)
  const [bad, good] = [ask(-1), ask(2)]
  bad.catch(() => undefined)
  rounds[0]?.goOn()
  await first
  await nextTurn()
  rounds[1]?.goOn()
  await nextTurn()
  assert.deepEqual(
    rounds.slice(2).map(({ asks }) => asks),
    [[-1], [2]],
  )
  for (const round of rounds.slice(2)) round.goOn()
  await assert.rejects(bad, /spoilt/)
  assert.equal(await good, 4)
})

test('what is unavailable is so for all who are in the round, and asked anew for those after it', async () => {
  const { rounds, ask } = doubling()
  const first = ask(1)
  const [second, third] = [ask(2), ask(3)]
  rounds[0]?.goOn()
  await first
  await nextTurn()
  const last = ask(4)
  rounds[1]?.fail(new AppError('test.away', 'unavailable', 'away'))
  await assert.rejects(second, /away/)
  await assert.rejects(third, /away/)
  await nextTurn()
  assert.deepEqual(rounds[2]?.asks, [4])
  rounds[2]?.goOn()
  assert.equal(await last, 8)
})

test('of very many, no round takes more than a hundred', async () => {
  const { rounds, ask } = doubling()
  const asked = Array.from({ length: 202 }, (_, n) => ask(n))
  for (const n of [0, 1, 2, 3]) {
    rounds[n]?.goOn()
    await nextTurn()
  }
  assert.deepEqual(
    rounds.map(({ asks }) => asks.length),
    [1, 100, 100, 1],
  )
  assert.equal((await Promise.all(asked)).at(-1), 402)
})
