import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { PortreeveClient } from '@portreeve/client'
import { describeImport } from './describe-import.ts'
import { IMPORT_HELP, type ImportArguments, parseImportArguments } from './import-arguments.ts'
import { CommandError, runCommand } from './run-command.ts'

async function importFile({ url, token, repository, file, dryRun, ...how }: ImportArguments): Promise<void> {
  const authz = await readFile(file, 'utf8')
  const client = new PortreeveClient({ baseUrl: url, token })
  const id = await findRepository(client, repository)
  const { team, acceptLoss } = how
  const asked = { authz, acceptLoss, ...(team !== undefined && { team }) }
  const plan = await client.repositories.planImport(id, asked)
  process.stdout.write(describeImport(plan))
  if (dryRun) return
  if (plan.obstacles.length > 0) throw new CommandError('Nothing was changed.')
  const { taskId } = await client.repositories.import(id, asked)
  process.stdout.write(`\nImported with the task ${taskId}.\n`)
}

async function findRepository(client: PortreeveClient, name: string): Promise<string> {
  for await (const repository of client.repositories.list({ search: { name } })) {
    if (repository.name === name) return repository.id
  }
  throw new CommandError(`There is no repository "${name}"; make it known first (POST /api/repositories).`)
}

await runCommand({ parse: parseImportArguments, help: IMPORT_HELP, run: importFile })
