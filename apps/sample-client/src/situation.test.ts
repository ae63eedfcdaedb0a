import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectorStatus } from '@portreeve/client'
import { describeSituation, situationOf } from './situation.ts'

const STATES = ['Pending', 'Enabled', 'Disabled', 'Wipe', 'Wiped'] as const

test('only a connector that is enabled and not locked is open', () => {
  const situations = (order: ConnectorStatus['order']) =>
    STATES.map((state) => situationOf({ connector_id: 1, connector_state: state, order }))
  assert.deepEqual(situations('none').slice(0, 2), ['pending', 'open'])
  assert.deepEqual(situations('locked'), ['locked', 'locked', 'locked', 'locked', 'wipe'])
  assert.deepEqual(situations('wipe'), Array(5).fill('wipe'))
})

test('every situation is told with the connector it is about', () => {
  const told = (['pending', 'open', 'locked', 'wipe', 'gone'] as const).map((each) => describeSituation(each, 7))
  assert.equal(new Set(told).size, 5)
  for (const line of told) assert.match(line, /^Connector 7 /)
})
