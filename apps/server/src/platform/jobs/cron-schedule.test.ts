import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextCronTime } from './cron-schedule.ts'

const AFTER = new Date('2026-01-01T12:00:30Z')

function next(expression: string): string | undefined {
  return nextCronTime(expression, AFTER)?.toISOString()
}

test('tells the next time in UTC, always after the moment', () => {
  assert.equal(next('* * * * *'), '2026-01-01T12:01:00.000Z')
  assert.equal(next('0 12 * * *'), '2026-01-02T12:00:00.000Z')
  assert.equal(next('30 2 * * MON-FRI'), '2026-01-02T02:30:00.000Z')
  assert.equal(next('0 0 29 2 *'), '2028-02-29T00:00:00.000Z')
  assert.equal(nextCronTime('0 12 * * *', new Date('2026-01-01T12:00:00Z'))?.toISOString(), '2026-01-02T12:00:00.000Z')
})

test('takes a day of the month or one of the week, as cron does where both are given', () => {
  assert.equal(next('0 3 15 * MON'), '2026-01-05T03:00:00.000Z')
})

test('knows no time of what is no cron expression of five fields, nor of a day that never comes', () => {
  for (const expression of [
    '',
    'daily',
    '@daily',
    '60 * * * *',
    '* * * *',
    '0 * * * * *',
    '0 0 30 2 *',
    '* * * * MOO',
  ]) {
    assert.equal(next(expression), undefined, expression)
  }
})
