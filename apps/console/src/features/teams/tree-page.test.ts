import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rootsOf } from './tree-page.ts'

const ROOT = { id: '1', name: 'sea' }
const OTHER_ROOT = { id: '2', name: 'Land' }
const SUBTEAM = { id: '3', name: 'air', parentTeam: '1' }

test('only teams without a parent are at the top, by name whatever the case', () => {
  const { teams } = rootsOf({ items: [ROOT, OTHER_ROOT, SUBTEAM], total: 3 }, 1)
  assert.deepEqual(
    teams.map(({ name }) => name),
    ['Land', 'sea'],
  )
})

test('there may be more at the top until a subteam has come, or nothing is left', () => {
  assert.equal(rootsOf({ items: [ROOT, OTHER_ROOT], total: 90 }, 1).hasMore, true)
  assert.equal(rootsOf({ items: [ROOT, OTHER_ROOT], total: 90 }, 2).hasMore, false)
  assert.equal(rootsOf({ items: [ROOT, SUBTEAM], total: 90 }, 1).hasMore, false)
})
