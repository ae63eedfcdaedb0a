/** Everything that must hold for every commit, side by side, so that one run names all that is wrong. */
import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

interface Outcome extends Step {
  readonly passed: boolean
  readonly output: string
  readonly seconds: string
}

const ROOT = fileURLToPath(new URL('..', import.meta.url))

const STEPS: readonly Step[] = [
  { name: 'format and lint', command: ['biome', 'check', '--error-on-warnings', '--max-diagnostics=200'] },
  { name: 'types', command: ['tsc', '--project', '.'] },
  { name: 'types of the console', command: ['tsc', '--project', 'apps/console'] },
  { name: 'architecture', command: ['depcruise', 'apps', 'packages', 'e2e', 'bench', 'tools'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
  { name: 'names, texts and links', command: ['node', 'tools/check-text.ts'] },
  { name: 'generated files', command: ['node', 'tools/generate-reference.ts', '--check'] },
]

function run(step: Step): Promise<Outcome> {
  const [program, ...args] = step.command
  const start = performance.now()
  return new Promise((resolve) => {
    execFile(program, args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      const notStarted = error && stdout === '' && stderr === '' ? error.message : ''
      resolve({ ...step, passed: error === null, output: stdout + stderr + notStarted, seconds })
    })
  })
}

const outcomes = await Promise.all(STEPS.map(run))
for (const { name, passed, output } of outcomes) {
  if (!passed) console.log(`\n${name}\n${output}`)
}
for (const { name, passed, seconds } of outcomes) console.log(`${passed ? '✔' : '✖'} ${name} (${seconds} s)`)
if (outcomes.some(({ passed }) => !passed)) process.exitCode = 1
