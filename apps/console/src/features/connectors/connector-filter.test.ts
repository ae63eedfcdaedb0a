import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toConnectorFilter } from './connector-filter.ts'

const NOW = new Date('2030-03-01T12:00:00Z')

test('days without use become a point in time, and the other filters stay', () => {
  assert.deepEqual(toConnectorFilter({ connector_state: 'Enabled', unused: '30' }, NOW), {
    connector_state: 'Enabled',
    last_used_before: '2030-01-30T12:00:00.000Z',
  })
})

test('days that are none narrow nothing', () => {
  assert.deepEqual(toConnectorFilter({ unused: 'soon' }, NOW), {})
  assert.deepEqual(toConnectorFilter(undefined, NOW), {})
})
