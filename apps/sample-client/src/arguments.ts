import { parseArgs } from 'node:util'
import { UsageError } from './client-error.ts'

export const HELP = `A client application as Portreeve's connectors know them, to try them out.

usage: npm run sample-client -- <command> [options]

  register <email>      register this installation; its user is sent a mail
  confirm <code>        confirm it by the code, or the whole link, of that mail
  login <username>      log in instead; the password is asked for, or read from the standard input
  run                   show what is kept here while the connector is enabled; wait for a lock or a wipe, and obey
  status                tell how the connector stands
  note <text>           keep a note here
  fetch                 keep the names of the teams here that its user leads
  show                  show what is kept here
  logout                delete a connector that a login made, and all that is kept here

  --folder <path>       where everything is kept (default: sample-client-data)
  --url <url>           Portreeve's address, for register and login (default: http://127.0.0.1:8470)
  --device-name <name>  how admins see this installation (default: the name of this machine)
  --help                show this
`

/** The commands, and what each is told besides. */
const OPERANDS = {
  register: 'an email address',
  confirm: 'a code',
  login: 'a username',
  run: undefined,
  status: undefined,
  note: 'a text',
  fetch: undefined,
  show: undefined,
  logout: undefined,
} as const

export type CommandName = keyof typeof OPERANDS

export interface Arguments {
  readonly command: CommandName
  /** Empty for commands that take none. */
  readonly operand: string
  readonly folder: string
  readonly url: string
  readonly deviceName?: string
}

const OPTIONS = {
  folder: { type: 'string', default: 'sample-client-data' },
  url: { type: 'string', default: 'http://127.0.0.1:8470' },
  'device-name': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line. @throws {UsageError} */
export function parseArguments(argv: readonly string[]): Arguments | 'help' {
  const { values, positionals } = parse(argv)
  if (values.help) return 'help'
  const [name, ...operands] = positionals
  if (name === undefined) throw new UsageError('Say what to do.')
  if (!isCommand(name)) throw new UsageError(`There is no command "${name}".`)
  // A note may be typed without quotes.
  const operand = (name === 'note' ? [operands.join(' ')] : operands).filter((word) => word !== '')
  assertCount(name, operand)
  const { folder, url, 'device-name': deviceName } = values
  if (folder === '') throw new UsageError('--folder: name a folder.')
  if (!URL.canParse(url)) throw new UsageError(`--url: "${url}" is not a URL.`)
  return { command: name, operand: operand[0] ?? '', folder, url, ...(deviceName !== undefined && { deviceName }) }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(OPERANDS, name)
}

function assertCount(command: CommandName, operands: readonly string[]): void {
  const wanted = OPERANDS[command]
  const tooMany = operands[wanted === undefined ? 0 : 1]
  if (tooMany !== undefined) throw new UsageError(`${command}: "${tooMany}" is one too many.`)
  if (wanted !== undefined && operands.length === 0) throw new UsageError(`${command} takes ${wanted}.`)
}

/** The code of a confirmation mail, from itself or from the link that has it. */
export function parseCode(text: string): string {
  return (URL.canParse(text) ? new URL(text).searchParams.get('code') : undefined) ?? text
}
