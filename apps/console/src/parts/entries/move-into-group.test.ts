import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayMoveInto } from './move-into-group.ts'

const europe = { kind: 'group', id: 2, name: 'Europe', groupId: 1 } as const
const ledger = { kind: 'data-source', id: 2, name: 'Ledger', groupId: undefined } as const

test('nothing moves to where it is', () => {
  assert.equal(mayMoveInto(europe, 1), false)
  assert.equal(mayMoveInto(ledger, undefined), false)
})

test('a group does not move into itself, and a data source with the same id does not mind', () => {
  assert.equal(mayMoveInto(europe, 2), false)
  assert.equal(mayMoveInto(ledger, 2), true)
})

test('the top is a place for what is in a group', () => {
  assert.equal(mayMoveInto(europe, undefined), true)
})
