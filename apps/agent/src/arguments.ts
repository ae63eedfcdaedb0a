import { parseArgs } from 'node:util'
import { UsageError } from './agent-error.ts'

export const HELP = `Keeps a Subversion host's authz files equal to those that Portreeve publishes.

usage: portreeve-agent --url <url> --directory <path> --token-file <path> [options]

  --url <url>             Portreeve's address                      PORTREEVE_AGENT_URL
  --directory <path>      where the files are kept                 PORTREEVE_AGENT_DIRECTORY
  --token-file <path>     a file with a personal access token      PORTREEVE_AGENT_TOKEN_FILE
                          (or the token itself, in PORTREEVE_AGENT_TOKEN; never on the command line)
  --repositories <names>  only these, separated by commas          PORTREEVE_AGENT_REPOSITORIES
  --gone <remove|keep>    files that the server has no more; without its file Subversion refuses everybody,
                          with an old one it goes on to obey that (default: remove)      PORTREEVE_AGENT_GONE
  --mode <octal>          of the files (default: 0644)             PORTREEVE_AGENT_MODE
  --owner <uid:gid>       of the files, by number                  PORTREEVE_AGENT_OWNER
  --wait <seconds>        the longest between two looks, 1 to 60 (default: 30)           PORTREEVE_AGENT_WAIT
  --once                  one look, for cron
  --help                  show this

Exit codes: 0 stopped, or in step (--once); 1 failed; 2 wrong options; 3 the server refuses the token, or its
account may not read the files.
`

export interface Arguments {
  readonly url: string
  readonly directory: string
  readonly token: { readonly file: string } | { readonly value: string }
  readonly only: ReadonlySet<string> | undefined
  readonly gone: 'remove' | 'keep'
  readonly mode: number
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  readonly waitS: number
  readonly once: boolean
}

const TEXT = { type: 'string' } as const
const OPTIONS = {
  url: TEXT,
  directory: TEXT,
  'token-file': TEXT,
  repositories: TEXT,
  gone: TEXT,
  mode: TEXT,
  owner: TEXT,
  wait: TEXT,
  once: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

type Name = Exclude<keyof typeof OPTIONS, 'once' | 'help'>
type Environment = Readonly<Record<string, string | undefined>>

/** Reads the command line, and from the environment what it leaves out. @throws {UsageError} that names all that is wrong */
export function parseArguments(argv: readonly string[], env: Environment): Arguments | 'help' {
  const values = parse(argv)
  if (values.help) return 'help'
  const given = (name: Name) => values[name] ?? env[`PORTREEVE_AGENT_${name.toUpperCase().replaceAll('-', '_')}`]
  return toArguments(given, env, values.once)
}

function toArguments(given: (name: Name) => string | undefined, env: Environment, once: boolean): Arguments {
  const problems: string[] = []
  const wrong = (name: Name, wanted: string): void => void problems.push(`--${name}: ${wanted}.`)
  /** The option's text where it is well-formed. */
  const text = (name: Name, form: RegExp, wanted: string): string => {
    const value = given(name) ?? DEFAULTS[name] ?? ''
    if (!form.test(value)) wrong(name, wanted)
    return value
  }
  const file = given('token-file')
  const value = env['PORTREEVE_AGENT_TOKEN']
  if (!file && !value) wrong('token-file', 'name a file with a personal access token')
  const [uid, gid] = text(
    'owner',
    /^(\d{1,9}:\d{1,9})?$/,
    'give the numbers of account and group, such as 33:33',
  ).split(':')
  const parsed: Arguments = {
    url: text('url', /^https?:\/\/[^/]/, 'give the address, such as https://portreeve.example'),
    directory: text('directory', /./, 'name a directory'),
    token: file ? { file } : { value: value ?? '' },
    only: parseNames(given('repositories')),
    gone: text('gone', /^(remove|keep)$/, 'say remove or keep') === 'keep' ? 'keep' : 'remove',
    mode: Number.parseInt(text('mode', /^0?[0-7]{3}$/, 'give three octal digits, such as 0640'), 8),
    owner: uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined,
    waitS: Number(text('wait', /^([1-9]|[1-5]\d|60)$/, 'give 1 to 60 seconds')),
    once,
  }
  if (parsed.only?.size === 0) wrong('repositories', 'name at least one, or leave the option out')
  if (problems.length > 0) throw new UsageError(problems.join('\n'))
  return parsed
}

const DEFAULTS: Partial<Record<Name, string>> = { gone: 'remove', mode: '0644', wait: '30' }

function parseNames(text: string | undefined): ReadonlySet<string> | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').map((name) => name.trim())
  return new Set(names.filter((name) => name !== ''))
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
