import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choose, countOf, isChosen, type Selection } from './selection.ts'

const NONE: Selection = { kind: 'some', keys: new Set() }

test('pages are chosen one after the other, and taken back', () => {
  const two = choose(choose(NONE, ['a', 'b'], true), ['c'], true)
  assert.equal(countOf(two), 3)
  assert.equal(isChosen(choose(two, ['a'], false), 'a'), false)
})

test('all that match are chosen, seen or not', () => {
  const all: Selection = { kind: 'all', total: 100_000 }
  assert.equal(countOf(all), 100_000)
  assert.equal(isChosen(all, 'never seen'), true)
})
