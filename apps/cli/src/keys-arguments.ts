import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

export interface KeysArguments {
  readonly act: 'rotate' | 'status'
  readonly url: string
  readonly token: string
  readonly keepKey: boolean
}

export const KEYS_HELP = `Shows and changes the master key that stored secrets are encrypted with.

usage: npm run keys -- rotate [options]
       npm run keys -- status [options]

  rotate           make a new master key and encrypt with it what the present one encrypts, while everything runs;
                   waits until it is done, and may be ended and begun anew without harm
  status           show which master keys are in use, and how far the latest rotation is
  --keep-key       with rotate: make no key, but change to the first one of the key file or the key command's own
  --url <url>      Portreeve's address (default: http://127.0.0.1:8470)
  --token <token>  a personal access token of a superadmin with allow_modify_settings (default: the variable PORTREEVE_TOKEN)
  --help           show this
`

const OPTIONS = {
  'keep-key': { type: 'boolean', default: false },
  url: { type: 'string', default: 'http://127.0.0.1:8470' },
  token: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line. @throws {UsageError} */
export function parseKeysArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): KeysArguments | 'help' {
  const { values, positionals } = parse(argv)
  if (values.help) return 'help'
  const [act, ...more] = positionals
  if (act !== 'rotate' && act !== 'status') throw new UsageError('Say what to do: rotate or status.')
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one word too many.`)
  const { url, 'keep-key': keepKey } = values
  if (keepKey && act !== 'rotate') throw new UsageError('--keep-key is for rotate.')
  const token = values.token ?? env['PORTREEVE_TOKEN']
  if (!token) throw new UsageError('Give a personal access token with --token, or in the variable PORTREEVE_TOKEN.')
  if (!URL.canParse(url)) throw new UsageError(`--url: "${url}" is not a URL.`)
  return { act, url, token, keepKey }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
