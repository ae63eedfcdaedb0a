import process from 'node:process'
import { PortreeveError, TaskError, UnreachableError } from '@portreeve/client'
import { AuthzSyntaxError, AuthzUnsupportedError } from '@portreeve/svn-authz'
import { UsageError } from './usage-error.ts'

/** Ends a command with a message and nothing else. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** Where a command is about a file, its arguments have one, which messages then name. */
export interface Command<Arguments extends object> {
  /** Throws `UsageError` when the command line is wrong. */
  parse(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Arguments | 'help'
  readonly help: string
  run(given: Arguments): Promise<void>
}

/** Runs a command on this process' command line; what the user can do something about is told without a stack. */
export async function runCommand<Arguments extends object>(command: Command<Arguments>): Promise<void> {
  let given: Arguments | 'help'
  try {
    given = command.parse(process.argv.slice(2), process.env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n\n${command.help}`)
    process.exitCode = 2
    return
  }
  if (given === 'help') {
    process.stdout.write(command.help)
    return
  }
  const file = 'file' in given ? String(given.file) : ''
  await command.run(given).catch((error) => report(error, file))
}

const EXPECTED = [AuthzSyntaxError, AuthzUnsupportedError, CommandError, PortreeveError, TaskError, UnreachableError]

function report(error: unknown, file: string): void {
  const isExpected = EXPECTED.some((kind) => error instanceof kind) || isSystemError(error)
  if (!isExpected) throw error
  const { message, name } = error as Error
  const where = error instanceof AuthzSyntaxError ? `${file}:${error.line}: ` : ''
  const what = error instanceof PortreeveError ? ` (${error.code}, request ${error.requestId})` : ''
  process.stderr.write(`${where}${message}${what}${name === 'UnreachableError' ? ' Is it running? See --url.' : ''}\n`)
  process.exitCode = 1
}

/** Such as a file that is not there. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
