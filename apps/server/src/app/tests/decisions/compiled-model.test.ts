import { test } from 'node:test'
import fc from 'fast-check'
import { DECISION_PROPERTIES } from '../../testing/decision-properties.ts'

/** Over all properties, more than 100,000 checks a run. */
const CHECKS_EACH = 40_000

for (const { guarantee, checksARun, property } of DECISION_PROPERTIES) {
  test(guarantee, () => fc.assert(property, { numRuns: Math.ceil(CHECKS_EACH / checksARun) }))
}
