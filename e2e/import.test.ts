import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { PortreeveClient } from '@portreeve/client'
import { compareEverywhere, readPublished } from '../tools/compare-with-original.ts'
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'

const IMPORT = fileURLToPath(new URL('../apps/cli/src/import.ts', import.meta.url))
const FOUNDATION = fileURLToPath(new URL('../fixtures/foundation.authz', import.meta.url))
const REPOSITORY = 'main'

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the importer as one would by hand. */
function importFile({ url, token }: ScratchServer, file: string, ...options: string[]): Promise<Outcome> {
  const env = { ...process.env, PORTREEVE_TOKEN: token }
  const args = [IMPORT, '--url', url, '--repository', REPOSITORY, ...options, file]
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

async function withRepository(server: ScratchServer): Promise<PortreeveClient> {
  const client = new PortreeveClient({ baseUrl: server.url, token: server.token })
  await client.repositories.create({ name: REPOSITORY })
  return client
}

test('an imported file gives every account the same answers, and a dry run before it changes nothing', async (t) => {
  await using server = await startScratchServer()
  const client = await withRepository(server)
  const dryRun = await importFile(server, FOUNDATION, '--dry-run')
  assert.equal(dryRun.code, 0, dryRun.stderr)
  assert.deepEqual(await Array.fromAsync(client.teams.list()), [])

  const begun = performance.now()
  const imported = await importFile(server, FOUNDATION)
  assert.equal(imported.code, 0, imported.stderr)
  t.diagnostic(`imported in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  const taskId = /task ([0-9a-f-]{36})/.exec(imported.stdout)?.[1] ?? ''
  await client.tasks.waitUntilEnforced(taskId)
  const published = await readPublished(server.authzDir, [REPOSITORY])
  const original = await readFile(FOUNDATION, 'utf8')
  assert.deepEqual((await compareEverywhere({ original, published })).differences, [])

  const again = await importFile(server, FOUNDATION)
  assert.deepEqual([again.code, await readPublished(server.authzDir, [REPOSITORY])], [1, published])
  assert.match(again.stderr, /Nothing was changed/)
})

test('an import says where a file is wrong, and what it would have to leave out', async () => {
  await using server = await startScratchServer()
  await withRepository(server)
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-import-'))
  const file = join(directory.path, 'some.authz')
  await writeFile(file, '[/]\nann = rw\nbob = sometimes\n')
  const wrong = await importFile(server, file)
  assert.equal(wrong.code, 1)
  assert.match(wrong.stderr, /Line 3/)
  await writeFile(file, '[/]\nann = rw\n[:glob:/**/secret]\n* =\n')
  const lossy = await importFile(server, file)
  assert.equal(lossy.code, 1)
  assert.match(`${lossy.stdout}${lossy.stderr}`, /glob/)
  assert.equal((await importFile(server, file, '--accept-loss')).code, 0)
})
