/**
 * Runs the tests with node:test: `tools/node tools/run-tests.ts unit|e2e [file or folder …]`.
 *
 * NOTE: `node --test` succeeds when a pattern matches no file, so this looks for the files itself and fails when there are none.
 */
import { spawn } from 'node:child_process'
import { glob, stat } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'

interface Suite {
  readonly patterns: readonly string[]
  readonly nodeOptions: readonly string[]
  /** Files with the same answer run in one process, one such process after the other; all of them in one when absent. */
  readonly processOf?: (file: string) => string
}

/** Tests of the whole server, by folder: node:test starts the servers of all files of a process before the first test. */
const WHOLE_SERVER = /^apps\/server\/src\/app\/tests\/([^/]+)\//

const SUITES: Readonly<Record<string, Suite>> = {
  // Few processes: tests in one share an embedded PostgreSQL cluster (a database each), and 400 tests cost 0.3 s instead of 4.
  // A hook that fails would leave its server running, and the process with it: so that one is told to exit.
  unit: {
    patterns: ['{apps,packages,tools,bench}/**/*.test.ts'],
    nodeOptions: ['--test-isolation=none', '--test-force-exit'],
    processOf: (file) => WHOLE_SERVER.exec(file)?.[1] ?? '',
  },
  // A process each: a journey starts, kills and restarts whole servers.
  e2e: { patterns: ['e2e/**/*.test.ts'], nodeOptions: ['--test-concurrency=2'] },
}

async function patternOf(path: string): Promise<string> {
  const found = await stat(path)
  return found.isDirectory() ? join(path, '**/*.test.ts') : path
}

async function filesOf(patterns: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(patterns, { exclude: ['**/node_modules/**'] })) files.push(file)
  return files.sort()
}

function run(nodeOptions: readonly string[], files: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, ['--test', ...nodeOptions, ...files], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

const [name = '', ...paths] = process.argv.slice(2)
const suite = SUITES[name]
if (!suite) throw new Error(`usage: tools/node tools/run-tests.ts ${Object.keys(SUITES).join('|')} [file or folder …]`)

const files = await filesOf(paths.length > 0 ? await Promise.all(paths.map(patternOf)) : suite.patterns)
if (files.length === 0) throw new Error(`There is no ${name} test to run.`)
for (const together of Map.groupBy(files, suite.processOf ?? (() => '')).values()) {
  const code = await run(suite.nodeOptions, together)
  if (code !== 0) process.exitCode = code
}
