import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relativeTimeText } from './relative-time-text.ts'

const NOW = new Date('2026-01-31T12:00:00Z')

test('a time is told in its largest unit, before now and after', () => {
  const told = (text: string) => relativeTimeText(new Date(text), NOW)
  assert.equal(told('2026-01-31T11:59:40Z'), 'just now')
  assert.equal(told('2026-01-31T11:00:00Z'), '1 hour ago')
  assert.equal(told('2026-02-02T12:00:00Z'), 'in 2 days')
  assert.equal(told('2024-01-31T12:00:00Z'), '2 years ago')
})
