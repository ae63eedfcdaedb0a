import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { PortreeveClient, PortreeveError } from '@portreeve/client'
import { parseAuthz, planImport } from '@portreeve/svn-authz'
import { carryOutPlan } from './carry-out-plan.ts'
import { describeLoad } from './describe-load.ts'
import { readExistingModel } from './existing-model.ts'
import { findContradictions } from './find-contradictions.ts'
import { LOAD_HELP, type LoadArguments, parseLoadArguments } from './load-arguments.ts'
import { showProgress } from './progress.ts'
import { CommandError, runCommand } from './run-command.ts'

const CONCURRENCY = 16

async function load({ file, url, token, repositories }: LoadArguments): Promise<void> {
  const startedAt = Date.now()
  const text = await readFile(file, 'utf8')
  const plan = planImport(parseAuthz(text), repositories)
  if (plan.repositories.length === 0) {
    const advice = 'There is no repository to load into: say with --repository which ones the file is about.'
    throw new CommandError([...plan.unexpressed, advice].join('\n'))
  }
  const client = new PortreeveClient({ baseUrl: url, token })
  const existing = await readExistingModel(client, plan, CONCURRENCY)
  const contradictions = findContradictions(plan, existing)
  if (contradictions.length > 0) throw new CommandError(['Nothing was changed.', ...contradictions].join('\n'))
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

await runCommand({ parse: parseLoadArguments, help: LOAD_HELP, run: load })
