import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderOf, possibleActs } from './connector-acts.ts'

test('an order to wipe is not taken back, and is not forgotten by deleting', () => {
  assert.deepEqual(possibleActs('Wipe'), [])
  assert.equal(orderOf('Wipe'), 'wipe')
})

test('nobody but its user lets a pending connector in', () => {
  assert.deepEqual(possibleActs('Pending'), ['delete'])
})

test('what is let in is shut out before it is deleted', () => {
  assert.ok(!possibleActs('Enabled').includes('delete'))
  assert.ok(possibleActs('Disabled').includes('delete'))
})

test('a device is told nothing once it has wiped', () => {
  assert.equal(orderOf('Wiped'), 'none')
})
