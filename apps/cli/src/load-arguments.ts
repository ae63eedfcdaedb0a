import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

export interface LoadArguments {
  readonly file: string
  readonly url: string
  readonly token: string
  readonly repositories: readonly string[]
}

export const LOAD_HELP = `Creates what a Subversion authz file says, over the HTTP API: users, teams, repositories, resources and rules.

usage: npm run load -- <authz file> [options]

  --url <url>                 Portreeve's address (default: http://127.0.0.1:8470)
  --token <token>             a personal access token of an admin (default: the variable PORTREEVE_TOKEN)
  --repository <name[,name]>  repositories that the sections without a repository are about; may be repeated.
                              Repositories named by sections are created in any case
  --help                      show this

What exists already is found by its name and kept; so an interrupted load is finished by running it again. Nothing is
changed when an existing rule contradicts the file.
`

const OPTIONS = {
  url: { type: 'string', default: 'http://127.0.0.1:8470' },
  token: { type: 'string' },
  repository: { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line of the loader. @throws {UsageError} */
export function parseLoadArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): LoadArguments | 'help' {
  const { values, positionals } = parse(argv)
  if (values.help) return 'help'
  const [file, ...more] = positionals
  if (file === undefined) throw new UsageError('Name the authz file to load.')
  if (more.length > 0) throw new UsageError(`There is one authz file to load; "${more[0]}" is one too many.`)
  const token = values.token ?? env['PORTREEVE_TOKEN']
  if (!token) throw new UsageError('Give a personal access token with --token, or in the variable PORTREEVE_TOKEN.')
  if (!URL.canParse(values.url)) throw new UsageError(`--url: "${values.url}" is not a URL.`)
  const repositories = values.repository
    .flatMap((names) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return { file, url: values.url, token, repositories }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
