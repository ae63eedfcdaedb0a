/**
 * `npm run prove -- --checks 1000000`: the long run of what the tests do for seconds. Compiled decisions against the plain reading of
 * the rules, against models compiled from nothing, and against Subversion's own reading of the published files.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { showProgress } from '../apps/cli/src/progress.ts'
import { DECISION_PROPERTIES } from '../apps/server/src/app/testing/decision-properties.ts'
import { assertSubversionAgrees } from '../apps/server/src/app/testing/decision-truth.ts'
import { randomFacts } from '../apps/server/src/app/testing/random-facts.ts'

const HELP = `usage: npm run prove -- [options]

  --checks <number>  how many checks in all, at least (default: 1000000)
  --seed <number>    the same checks as in the run that printed it (default: another each time)
  --help             show this

Ends with 1 at the first check that fails, and prints the smallest model found in which it does.
`
/** Models a step: what is shown of progress, and asked of Subversion in one process. */
const STEP = 100

const { values } = parseArgs({
  options: {
    checks: { type: 'string', default: '1000000' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

function readNumber(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name}: a whole number, not "${text}".`)
  return value
}

async function prove(): Promise<void> {
  const checks = readNumber('checks', values.checks)
  const seed = values.seed === undefined ? Date.now() & 0x7fffffff : readNumber('seed', values.seed)
  process.stdout.write(`Seed ${seed}; --seed ${seed} repeats this run.\n`)
  const progress = showProgress(process.stdout)
  const share = checks / (DECISION_PROPERTIES.length + 1)
  for (const { guarantee, checksARun, property } of DECISION_PROPERTIES) {
    const steps = Math.ceil(share / (checksARun * STEP))
    await progress.during({ name: `${guarantee}, by ${checksARun * STEP} checks`, total: steps }, async (advance) => {
      for (let step = 0; step < steps; step += 1) {
        await fc.assert(property, { numRuns: STEP, seed: seed + step })
        advance()
        await pause()
      }
    })
  }
  await progress.during(
    { name: 'Subversion reads the same in the published files', total: Math.ceil(share) },
    async (advance) => {
      for (let asked = 0, step = 0; asked < share; step += 1) {
        const counted = assertSubversionAgrees(fc.sample(randomFacts, { numRuns: STEP, seed: seed + step }))
        for (let n = 0; n < counted && asked < share; n += 1, asked += 1) advance()
        await pause()
      }
    },
  )
  process.stdout.write(`At least ${checks} checks, no difference.\n`)
}

/** Lets Ctrl-C through. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

if (values.help) process.stdout.write(HELP)
else {
  prove().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  })
}
