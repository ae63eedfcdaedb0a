#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { PortreeveClient, PortreeveError, UnreachableError } from '@portreeve/client'
import { AgentError, TokenRefusedError, UsageError } from './agent-error.ts'
import { type Arguments, HELP, parseArguments } from './arguments.ts'
import { follow, syncOnce } from './follow.ts'
import { HostDirectory } from './host-directory.ts'
import { BadFileError } from './sync-files.ts'
import { validateAuthz } from './validate-authz.ts'

/** Whatever is under way is given up then: a file is replaced whole or not at all. */
const STOP_WITHIN_MS = 2_000

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const warn = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(argv: readonly string[]): Promise<void> {
  let given: Arguments | 'help'
  try {
    given = parseArguments(argv, process.env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    warn(`${error.message}\n\n${HELP}`)
    process.exitCode = 2
    return
  }
  if (given === 'help') process.stdout.write(HELP)
  else await run(given).catch(report)
}

async function run(given: Arguments): Promise<void> {
  const token = await readToken(given.token)
  const { files } = new PortreeveClient({ baseUrl: given.url, token })
  using directory = await HostDirectory.open(given.directory, given)
  const { signal } = stopOnSignals()
  const deps = {
    ...given,
    files,
    directory,
    signal,
    say,
    warn,
    check: checker(),
    readFile: (repositoryId: string) => files.read(repositoryId, signal),
    chance: () => Math.random(),
    // Aborted or not, the pause is over.
    pause: (forMs: number) => delay(forMs, undefined, { signal }).catch(() => undefined),
  }
  await (given.once ? syncOnce(deps) : follow(deps))
}

async function readToken(token: Arguments['token']): Promise<string> {
  const text = ('file' in token ? await readFile(token.file, 'utf8') : token.value).trim()
  if (!/^[\x21-\x7e]+$/.test(text)) throw new AgentError('The token is empty, or more than one word.')
  return text
}

/** Asks Subversion itself; where it has no `svnauthz` that is said once. */
function checker(): (file: string) => Promise<void> {
  let isAbsent = false
  return async (file) => {
    const verdict = isAbsent ? 'absent' : await validateAuthz(file)
    if (verdict === 'absent') {
      if (!isAbsent) warn('There is no svnauthz here: files are put in place without asking it.')
      isAbsent = true
    } else if (verdict) throw new BadFileError(verdict.fault)
  }
}

function stopOnSignals(): AbortController {
  const stopping = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => {
      stopping.abort()
      setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref()
    })
  }
  return stopping
}

function report(error: unknown): void {
  if (!isExpected(error)) throw error
  const what = error instanceof PortreeveError ? ` (${error.code}, request ${error.requestId})` : ''
  warn(`${error.message}${what}`)
  process.exitCode = error instanceof TokenRefusedError ? 3 : 1
}

/** What whoever runs it can do something about, a full disk and the like included. */
function isExpected(error: unknown): error is Error {
  if (error instanceof AgentError || error instanceof PortreeveError || error instanceof UnreachableError) return true
  return error instanceof Error && 'syscall' in error
}

await main(process.argv.slice(2))
