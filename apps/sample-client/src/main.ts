import process from 'node:process'
import { PortreeveError, UnreachableError } from '@portreeve/client'
import { type Arguments, HELP, parseArguments } from './arguments.ts'
import { ClientError, UsageError } from './client-error.ts'
import { COMMANDS } from './commands.ts'
import { terminal } from './terminal.ts'

async function main(argv: readonly string[]): Promise<void> {
  let given: Arguments | 'help'
  try {
    given = parseArguments(argv)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n\n${HELP}`)
    process.exitCode = 2
    return
  }
  if (given === 'help') process.stdout.write(HELP)
  else await COMMANDS[given.command](given).catch(report)
}

function report(error: unknown): void {
  if (!isExpected(error)) throw error
  const hint = error instanceof UnreachableError ? ' Is it running?' : ''
  const what = error instanceof PortreeveError ? ` (${error.code}, request ${error.requestId})` : ''
  terminal.warn(`${error.message}${hint}${what}`)
  process.exitCode = 1
}

/** What the user can do something about, a full disk and the like included. */
function isExpected(error: unknown): error is Error {
  if (error instanceof ClientError || error instanceof PortreeveError || error instanceof UnreachableError) return true
  return error instanceof Error && 'syscall' in error
}

await main(process.argv.slice(2))
