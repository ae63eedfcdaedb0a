import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

export interface ImportArguments {
  readonly file: string
  readonly url: string
  readonly token: string
  readonly repository: string
  readonly team?: string
  readonly dryRun: boolean
  readonly acceptLoss: boolean
}

export const IMPORT_HELP = `Imports what a Subversion authz file says of one repository: its groups as teams, its sections as rules.

usage: npm run import -- --repository <name> [options] <authz file>

  --repository <name>  the repository, which must be known to Portreeve
  --dry-run            only show what would be made, and what stands in the way
  --team <name>        the root team to make, with the groups as its subteams (default: the repository's name)
  --accept-loss        import the rest when the file says something that rules cannot
  --url <url>          Portreeve's address (default: http://127.0.0.1:8470)
  --token <token>      a personal access token of an admin (default: the variable PORTREEVE_TOKEN)
  --help               show this

All of it is made at once, or nothing.
`

const OPTIONS = {
  repository: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  team: { type: 'string' },
  'accept-loss': { type: 'boolean', default: false },
  url: { type: 'string', default: 'http://127.0.0.1:8470' },
  token: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line of the importer. @throws {UsageError} */
export function parseImportArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ImportArguments | 'help' {
  const { values, positionals } = parse(argv)
  if (values.help) return 'help'
  const [file, ...more] = positionals
  if (file === undefined) throw new UsageError('Name the authz file to import.')
  if (more.length > 0) throw new UsageError(`There is one authz file to import; "${more[0]}" is one too many.`)
  const { repository, team, url } = values
  if (!repository) throw new UsageError('Name the repository with --repository.')
  const token = values.token ?? env['PORTREEVE_TOKEN']
  if (!token) throw new UsageError('Give a personal access token with --token, or in the variable PORTREEVE_TOKEN.')
  if (!URL.canParse(url)) throw new UsageError(`--url: "${url}" is not a URL.`)
  const flags = { dryRun: values['dry-run'], acceptLoss: values['accept-loss'] }
  return { file, url, token, repository, ...flags, ...(team !== undefined && { team }) }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
