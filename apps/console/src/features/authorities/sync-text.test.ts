import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesNothing, effectOf, standingOf, textOfSync } from './sync-text.ts'

const NOTHING = {
  found: 6,
  members: 6,
  added: 0,
  created: 0,
  removed: 0,
  relinked: 0,
  skipped: 0,
  removalShare: 20,
  needsConfirmation: false,
  joining: [],
  leaving: [],
  leftOut: [],
}
const TASK = {
  id: '4b3a7c60-0000-4000-8000-000000000000',
  type: 'team.sync',
  state: 'COMPLETED' as const,
  enforced: false,
  submittedBy: 'admin',
  submittedAt: '2026-11-23T10:00:00Z',
  warnings: [],
}

test('a preview tells who joins, who leaves, and that it is more than may leave unasked', () => {
  const preview = { ...NOTHING, added: 1, created: 1, removed: 4, needsConfirmation: true, skipped: 2 }
  assert.equal(
    effectOf(preview, 'staff'),
    '1 person joins staff, 1 of them with a new account. 4 members leave staff, every team below it and their rules, and lose what those grant. The accounts stay. That is more than 20 % of its 6 members. 2 entries are left out.',
  )
})

test('who is left out or found changes nothing by itself', () => {
  assert.equal(changesNothing({ ...NOTHING, skipped: 3 }), true)
  assert.equal(changesNothing({ ...NOTHING, relinked: 1 }), false)
})

test('what became of the last one says whether anything changed', () => {
  const sync = { ...NOTHING, startedAt: '2026-11-23T10:00:00Z', finishedAt: '2026-11-23T10:00:01Z', removed: 2 }
  assert.match(textOfSync({ ...sync, outcome: 'COMPLETED' }), /^6 people were found; 0 joined, and 2 left\.$/)
  assert.match(textOfSync({ ...sync, outcome: 'NEEDS_CONFIRMATION' }), /changed nothing: 2 members would leave/)
  const error = { code: 'directory.unreachable', message: 'The directory cannot be reached.' }
  assert.equal(
    textOfSync({ ...sync, outcome: 'FAILED', error }),
    'It failed, and changed nothing. The directory cannot be reached.',
  )
})

test('a change has not ended before it is enforced, unless it failed', () => {
  assert.deepEqual([standingOf(TASK).percent, standingOf(TASK).hasEnded], [75, false])
  assert.equal(standingOf({ ...TASK, enforced: true }).hasEnded, true)
  const failed = standingOf({ ...TASK, state: 'FAILED', error: { code: 'x', message: 'A team above lost members.' } })
  assert.deepEqual([failed.text, failed.hasFailed], ['A team above lost members.', true])
})
