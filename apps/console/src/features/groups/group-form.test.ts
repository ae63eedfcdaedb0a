import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NEW_GROUP, toChange, toNew } from './group-form.ts'

test('a change is what differs', () => {
  const before = { ...NEW_GROUP, name: 'Europe', stewards: ['Ann'] }
  assert.deepEqual(toChange(before, { ...before, status: 'Moving' }, []), { status: 'Moving' })
  assert.deepEqual(toChange(before, { ...before, stewards: [] }, []), { stewards: [] })
})

test('a new one is made where it was begun', () => {
  assert.deepEqual(toNew({ ...NEW_GROUP, name: 'Europe' }, 3), { name: 'Europe', parentId: 3 })
  assert.deepEqual(toNew({ ...NEW_GROUP, name: 'Europe' }, undefined), { name: 'Europe' })
})
