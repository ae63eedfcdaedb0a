import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

export interface AuditArguments {
  readonly url: string
  readonly token: string
  /** A file of anchors. */
  readonly anchors: string | undefined
}

export const AUDIT_HELP = `Verifies that nobody has changed the audit.

usage: npm run audit -- verify [options]

  verify            compute the chain of the audit anew, and compare it with the anchors
  --anchors <file>  lines that the server wrote (PORTREEVE_AUDIT_ANCHOR), or a system log with such lines in it;
                    without them nobody can tell that the end of the audit was cut off
  --url <url>       Portreeve's address (default: http://127.0.0.1:8470)
  --token <token>   a personal access token of a superadmin with allow_view_audit (default: the variable PORTREEVE_TOKEN)
  --help            show this

exit codes: 0 the audit is intact, 3 it is not, 1 it could not be verified, 2 the command line is wrong
`

const OPTIONS = {
  anchors: { type: 'string' },
  url: { type: 'string', default: 'http://127.0.0.1:8470' },
  token: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line. @throws {UsageError} */
export function parseAuditArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): AuditArguments | 'help' {
  const { values, positionals } = parse(argv)
  if (values.help) return 'help'
  const [act, ...more] = positionals
  if (act !== 'verify') throw new UsageError('Say what to do: verify.')
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one word too many.`)
  const { url, anchors } = values
  const token = values.token ?? env['PORTREEVE_TOKEN']
  if (!token) throw new UsageError('Give a personal access token with --token, or in the variable PORTREEVE_TOKEN.')
  if (!URL.canParse(url)) throw new UsageError(`--url: "${url}" is not a URL.`)
  return { url, token, anchors }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}
