import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { PortreeveClient, PortreeveError, TaskError, UnreachableError } from '@portreeve/client'
import { AuthzSyntaxError, AuthzUnsupportedError, parseAuthz, planImport } from '@portreeve/svn-authz'
import { carryOutPlan } from './carry-out-plan.ts'
import { describeLoad } from './describe-load.ts'
import { readExistingModel } from './existing-model.ts'
import { findContradictions } from './find-contradictions.ts'
import { LOAD_HELP, type LoadArguments, parseLoadArguments, UsageError } from './load-arguments.ts'
import { showProgress } from './progress.ts'

const CONCURRENCY = 16

/** Ends the load with a message and nothing else. */
class LoadError extends Error {
  override readonly name = 'LoadError'
}

async function load({ file, url, token, repositories }: LoadArguments): Promise<void> {
  const startedAt = Date.now()
  const text = await readFile(file, 'utf8')
  const plan = planImport(parseAuthz(text), repositories)
  if (plan.repositories.length === 0) {
    const advice = 'There is no repository to load into: say with --repository which ones the file is about.'
    throw new LoadError([...plan.unexpressed, advice].join('\n'))
  }
  const client = new PortreeveClient({ baseUrl: url, token })
  const existing = await readExistingModel(client, plan, CONCURRENCY)
  const contradictions = findContradictions(plan, existing)
  if (contradictions.length > 0) throw new LoadError(['Nothing was changed.', ...contradictions].join('\n'))
  const progress = showProgress(process.stderr)
  const loaded = await carryOutPlan({ client, progress, concurrency: CONCURRENCY }, plan, existing)
  const seconds = (Date.now() - startedAt) / 1000
  const files = await Promise.all(
    plan.repositories.map(async (name) => ({
      name,
      text: await readAuthz(client, loaded.repositories.get(name) ?? ''),
    })),
  )
  const original = { name: file, text }
  process.stdout.write(describeLoad({ plan, created: loaded.created, seconds, original, files }))
}

/** Empty for a repository of which no rule speaks, so that nothing is published for it. */
async function readAuthz(client: PortreeveClient, id: string): Promise<string> {
  try {
    return (await client.repositories.getAuthzFile(id))?.content ?? ''
  } catch (error) {
    if (error instanceof PortreeveError && error.status === 404) return ''
    throw error
  }
}

const EXPECTED = [AuthzSyntaxError, AuthzUnsupportedError, LoadError, PortreeveError, TaskError, UnreachableError]

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

async function main(): Promise<void> {
  let given: LoadArguments | 'help'
  try {
    given = parseLoadArguments(process.argv.slice(2), process.env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n\n${LOAD_HELP}`)
    process.exitCode = 2
    return
  }
  if (given === 'help') process.stdout.write(LOAD_HELP)
  else await load(given).catch((error) => report(error, given.file))
}

await main()
