import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isUseDue, sessionEnd } from './session.ts'

const made = new Date('2026-01-01T00:00:00Z')

test('use puts the end of a session off, up to seven days in all', () => {
  assert.equal(sessionEnd(made, made).toISOString(), '2026-01-01T12:00:00.000Z')
  assert.equal(sessionEnd(made, new Date('2026-01-03T06:00:00Z')).toISOString(), '2026-01-03T18:00:00.000Z')
  assert.equal(sessionEnd(made, new Date('2026-01-07T18:00:00Z')).toISOString(), '2026-01-08T00:00:00.000Z')
})

test('uses are written at most once a minute', () => {
  assert.equal(isUseDue(undefined, made), true)
  assert.equal(isUseDue(made, new Date(made.getTime() + 59_999)), false)
  assert.equal(isUseDue(made, new Date(made.getTime() + 60_000)), true)
})
