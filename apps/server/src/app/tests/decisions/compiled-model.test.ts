import { test } from 'node:test'
import fc from 'fast-check'
import { DECISION_PROPERTIES } from '../../testing/decision-properties.ts'
import { assertSubversionAgrees, assertSvnauthzAgrees } from '../../testing/decision-truth.ts'
import { randomFacts } from '../../testing/random-facts.ts'

/** Over all properties, far more than 100,000 checks a run. */
const CHECKS_EACH = 40_000
const MODELS_FOR_SUBVERSION = 100
/** A process for each question to them: some hundred. */
const MODELS_FOR_SVNAUTHZ = 2

for (const { guarantee, checksARun, property } of DECISION_PROPERTIES) {
  test(guarantee, async () => {
    await fc.assert(property, { numRuns: Math.ceil(CHECKS_EACH / checksARun) })
  })
}

test('Subversion reads in the published files what the compiled model answers: its library, 20,000 checks', (t) => {
  t.diagnostic(`${assertSubversionAgrees(fc.sample(randomFacts, MODELS_FOR_SUBVERSION))} checks`)
})

test('Subversion reads in the published files what the compiled model answers: svnauthz accessof, 400 checks', async (t) => {
  t.diagnostic(`${await assertSvnauthzAgrees(fc.sample(randomFacts, MODELS_FOR_SVNAUTHZ))} checks`)
})
