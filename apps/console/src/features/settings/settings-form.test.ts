import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesOf, toForm } from './settings-form.ts'

const BEFORE = {
  batchedUpdates: true,
  enforcementSchedule: '30 2 * * *',
  localUsers: true,
  directorySyncSchedule: null,
  directoryRemovalShare: 20,
  checkoutReasonRequired: false,
  secretReminderDays: null,
}

test('a form that nobody touched changes nothing', () => {
  assert.deepEqual(changesOf(BEFORE, toForm(BEFORE)), {})
})

test('what was changed is sent, and no more', () => {
  const form = { ...toForm(BEFORE), batchedUpdates: false, directorySyncSchedule: ' 15 * * * * ' }
  assert.deepEqual(changesOf(BEFORE, form), { batchedUpdates: false, directorySyncSchedule: '15 * * * *' })
})

test('what was emptied is sent as none, what was filled in as a number', () => {
  const form = { ...toForm(BEFORE), enforcementSchedule: ' ', secretReminderDays: '90', directoryRemovalShare: '0' }
  assert.deepEqual(changesOf(BEFORE, form), {
    enforcementSchedule: null,
    secretReminderDays: 90,
    directoryRemovalShare: 0,
  })
})
