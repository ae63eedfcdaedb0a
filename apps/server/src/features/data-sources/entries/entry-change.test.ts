import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auditedFields, changedFields, sentFields } from './entry-change.ts'

test('tells of the fields that differ alone, what was and what is', () => {
  const changes = changedFields({ name: 'a', port: null, stewards: ['x'] }, { name: 'b', port: null, stewards: ['x'] })
  assert.deepEqual(changes, { before: { name: 'a' }, after: { name: 'b' } })
})

test('tells nothing when nothing differs', () => {
  assert.equal(changedFields({ stewards: ['x'], port: 1 }, { stewards: ['x'], port: 1 }), undefined)
})

test('tells that free text changed, and never what it says', () => {
  const before = { userData: 'hunter2', properties: { password: 'hunter2' } }
  const after = { userData: 'hunter3', properties: { password: 'hunter3', owner: 'ops' } }
  const changes = changedFields(before, after)
  assert.deepEqual(Object.keys(changes?.after ?? {}), ['userData', 'properties'])
  assert.deepEqual(changes?.after['properties'], ['password', 'owner'])
  assert.doesNotMatch(JSON.stringify([changes, auditedFields(after)]), /hunter/)
})

test('leaves out what was not sent, and keeps null', () => {
  assert.deepEqual(sentFields({ name: undefined, parentId: null, status: '' }), { parentId: null, status: '' })
})
