import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOfMade, isUnderWay, kindText } from './task-text.ts'

test('a kind that is not known is called as the server calls it', () => {
  assert.equal(kindText('team.create'), 'Create a team')
  assert.equal(kindText('ship.launch'), 'ship.launch')
})

test('a task is under way until it is enforced or has come to nothing', () => {
  const underWay = (['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'ABORTED'] as const).map((state) =>
    isUnderWay({ state, enforced: false }),
  )
  assert.deepEqual(underWay, [true, true, true, false, false])
  assert.equal(isUnderWay({ state: 'COMPLETED', enforced: true }), false)
})

test('a completed task leads to what it made, where that has a page', () => {
  const made = { state: 'COMPLETED', entityId: 't' } as const
  assert.equal(addressOfMade({ ...made, type: 'team.create' }), 'teams/t')
  assert.equal(addressOfMade({ ...made, type: 'rule.create' }), undefined)
  assert.equal(addressOfMade({ ...made, type: 'team.create', state: 'PENDING' }), undefined)
})
