import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptedEntry } from './agreed-order.ts'
import { batchChanges } from './batch-changes.ts'

/** Changes from revision 11 on, each written as what it touches; `!` for one that is enforced at once. */
function changes(...written: readonly string[]): AcceptedEntry[] {
  return written.map((text, index) => {
    const touches = text.replace('!', '')
    return {
      revision: 11 + index,
      atOnce: text.startsWith('!'),
      touches: touches === '' ? [] : touches.split(','),
    } as unknown as AcceptedEntry
  })
}

const NOTHING_WAITS = { head: 10, target: 10, batched: true }
const SOMETHING_WAITS = { head: 10, target: 7, batched: true }

test('where updates are not batched, everything is due and the target is the new head', () => {
  const batched = batchChanges({ ...NOTHING_WAITS, batched: false }, changes('a', '!b,c', ''))
  assert.deepEqual(batched, { target: 13, due: ['a', 'b', 'c'], later: [] })
})

test('where updates are batched, what a change touches waits with its revision', () => {
  const batched = batchChanges(NOTHING_WAITS, changes('a', '', 'a,b'))
  const later = [
    { revision: 11, repository: 'a' },
    { revision: 13, repository: 'a' },
    { revision: 13, repository: 'b' },
  ]
  assert.deepEqual(batched, { target: 10, due: [], later })
})

test('what is enforced at once is due at once, and takes the target along while nothing waits before it', () => {
  assert.deepEqual(batchChanges(NOTHING_WAITS, changes('!a', '!')), { target: 12, due: ['a'], later: [] })
  const mixed = batchChanges(NOTHING_WAITS, changes('!a', 'b', '!c'))
  assert.deepEqual(mixed, { target: 11, due: ['a', 'c'], later: [{ revision: 12, repository: 'b' }] })
})

test('what is enforced at once leaves the target where it is while something waits', () => {
  assert.deepEqual(batchChanges(SOMETHING_WAITS, changes('!a')), { target: 7, due: ['a'], later: [] })
})
