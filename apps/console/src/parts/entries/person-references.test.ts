import assert from 'node:assert/strict'
import { test } from 'node:test'
import { personReferences } from './person-references.ts'

test('who is known is sent by id, and who was typed by name', () => {
  const known = [{ id: '01', name: 'Ann' }]
  assert.deepEqual(personReferences(['Ann', 'ben'], known), [{ id: '01' }, 'ben'])
})
