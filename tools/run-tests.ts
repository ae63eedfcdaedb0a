/**
 * Runs the tests with node:test: `tools/node tools/run-tests.ts unit|e2e [file or folder …]`.
 *
 * NOTE: `node --test` succeeds when a pattern matches no file, so this looks for the files itself and fails when there are none.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { glob, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { buffer } from 'node:stream/consumers'

interface Suite {
  readonly patterns: readonly string[]
  readonly nodeOptions: readonly string[]
  /** Files with the same answer run in one process, as many such processes at once as there are cores; all in one when absent. */
  readonly processOf?: (file: string) => string
}

/** Tests of the whole server, by folder: node:test starts the servers of all files of a process before the first test. */
const WHOLE_SERVER = /^apps\/server\/src\/app\/tests\/([^/]+)\//

const SUITES: Readonly<Record<string, Suite>> = {
  // Few processes: tests in one share an embedded PostgreSQL cluster (a database each), and 400 tests cost 0.3 s instead of 4.
  // A hook that fails would leave its server running, and the process with it: so that one is told to exit.
  unit: {
    patterns: ['{apps,packages,tools,bench}/**/*.test.ts'],
    nodeOptions: ['--test-isolation=none', '--test-force-exit', '--test-timeout=600000'],
    processOf: (file) => WHOLE_SERVER.exec(file)?.[1] ?? '',
  },
  // A process each: a journey starts, kills and restarts whole servers. One that hangs fails, rather than all with it.
  e2e: { patterns: ['e2e/**/*.test.ts'], nodeOptions: ['--test-concurrency=2', '--test-timeout=600000'] },
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

async function run(args: readonly string[]): Promise<number> {
  return await codeOf(spawn(process.execPath, args, { stdio: 'inherit' }))
}

/** Prints what it says at its end: lines of several at once would not tell whose they are. */
async function runBesideOthers(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [code, output] = await Promise.all([codeOf(child), buffer(child.stdout)])
  process.stdout.write(output)
  return code
}

function codeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** The longest take their turn first, as far as their number of files tells. */
async function runAll(nodeOptions: readonly string[], groups: readonly (readonly string[])[]): Promise<void> {
  const waiting = groups.toSorted((a, b) => b.length - a.length)
  const work = async () => {
    for (let files = waiting.shift(); files; files = waiting.shift()) {
      const args = ['--test', ...nodeOptions, ...files]
      const code = await (groups.length > 1 ? runBesideOthers(args) : run(args))
      if (code !== 0) process.exitCode = code
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}

const [name = '', ...paths] = process.argv.slice(2)
const suite = SUITES[name]
if (!suite) throw new Error(`usage: tools/node tools/run-tests.ts ${Object.keys(SUITES).join('|')} [file or folder …]`)

const files = await filesOf(paths.length > 0 ? await Promise.all(paths.map(patternOf)) : suite.patterns)
if (files.length === 0) throw new Error(`There is no ${name} test to run.`)
await runAll(suite.nodeOptions, [...Map.groupBy(files, suite.processOf ?? (() => '')).values()])
