import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as immediate } from 'node:timers/promises'
import { type FileIndex, toFileIndex } from './file-index.ts'
import { FileIndexWatch } from './file-index-watch.ts'

const OLD = toFileIndex([{ repositoryId: '1', name: 'tools', sha256: 'a' }])
const NEW = toFileIndex([{ repositoryId: '1', name: 'tools', sha256: 'b' }])

/** A watch whose time passes only when told: timers due by then run in their order. */
function place() {
  const state = { index: OLD as FileIndex | undefined, isAway: false, reads: 0, ms: 0 }
  const timers = new Set<{ readonly atMs: number; act(): void }>()
  const watch = new FileIndexWatch({
    store: {
      async readFileIndexes(organisations) {
        state.reads += 1
        if (state.isAway) throw new Error('away')
        const { index } = state
        return new Map(index ? organisations.map((each): [number, FileIndex] => [each, index]) : [])
      },
    },
    after(delayMs, act) {
      const timer = { atMs: state.ms + delayMs, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    onFailure: () => undefined,
  })
  const pass = async (forMs: number) => {
    state.ms += forMs
    for (const timer of [...timers].filter(({ atMs }) => atMs <= state.ms)) {
      timers.delete(timer)
      timer.act()
    }
    await immediate()
  }
  const wait = (signal = new AbortController().signal) =>
    watch.next({ organisation: 1, index: OLD, forMs: 60_000, signal })
  return { state, watch, pass, wait }
}

test('one reading tells all who wait of a change', async () => {
  const { state, watch, pass, wait } = place()
  const waiting = Promise.all(Array.from({ length: 100 }, () => wait()))
  await pass(20)
  state.index = NEW
  watch.notice(1)
  await pass(20)
  assert.deepEqual(new Set(await waiting), new Set([NEW]))
  assert.equal(state.reads, 2)
})

test('sees a change that came between the reading that the caller knows and the wait', async () => {
  const { state, pass, wait } = place()
  state.index = NEW
  const waiting = wait()
  await pass(20)
  assert.equal(await waiting, NEW)
})

test('tells that the last file is gone, of which the store says nothing', async () => {
  const { state, pass, wait } = place()
  const waiting = wait()
  state.index = undefined
  await pass(20)
  assert.deepEqual((await Promise.race([waiting, immediate(OLD)])).files, [])
})

test('finds by itself what no notice told of, also after the database was away', async () => {
  const { state, pass, wait } = place()
  const waiting = wait()
  state.isAway = true
  await pass(20)
  state.isAway = false
  state.index = NEW
  await pass(1_000)
  assert.equal(await waiting, NEW)
})

test('answers what is known when the time is up, and when the caller goes away; then it reads no more', async () => {
  const { state, watch, pass, wait } = place()
  const waiting = wait()
  const leaving = new AbortController()
  const left = wait(leaving.signal)
  leaving.abort()
  assert.equal(await left, OLD)
  await pass(60_000)
  assert.equal(await waiting, OLD)
  const { reads } = state
  watch.notice(1)
  await pass(20)
  assert.equal(state.reads, reads)
})
