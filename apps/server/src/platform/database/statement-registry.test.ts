import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { Client } from 'pg'
import type { Statement } from './database.ts'
import { testDatabase } from './test-database.ts'

/** Declared by the server's own modules; a process of its own keeps those of other tests out. */
async function declaredStatements(): Promise<readonly Statement<unknown>[]> {
  const program = `
    import { glob } from 'node:fs/promises'
    import { listStatements } from ${JSON.stringify(import.meta.resolve('./statement.ts'))}
    const sources = new URL('../../', ${JSON.stringify(import.meta.url)})
    for await (const file of glob('**/*.sql.ts', { cwd: sources })) await import(new URL(file, sources).href)
    console.log(JSON.stringify(listStatements()))`
  const options = { maxBuffer: 2 ** 26 }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], options)
  return JSON.parse(stdout)
}

test('every statement of every feature can be prepared on the migrated schema', async () => {
  await using database = await testDatabase()
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const failures: string[] = []
  for (const { name, text } of await declaredStatements()) {
    await client
      .query(`prepare ${client.escapeIdentifier(name)} as ${text}`)
      .catch((error: Error) => failures.push(`${name}: ${error.message}`))
  }
  await client.end()
  assert.deepEqual(failures, [])
})
