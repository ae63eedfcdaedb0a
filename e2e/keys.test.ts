import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'

const KEYS = fileURLToPath(new URL('../apps/cli/src/keys.ts', import.meta.url))
/** No more are handed out in an hour; each is, twice. */
const ACCOUNTS = 12

interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** As one would by hand. */
function runKeys({ url, token }: ScratchServer, ...args: string[]): Promise<Outcome> {
  const env = { ...process.env, PORTREEVE_TOKEN: token }
  return new Promise((resolve) => {
    execFile(process.execPath, [KEYS, ...args, '--url', url], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}

async function ask<Answer>({ url, token }: ScratchServer, operation: string, body?: object): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const text = await answer.text()
  assert.ok(answer.ok, `${operation}: ${answer.status} ${text}`)
  return JSON.parse(text) as Answer
}

async function makeAccounts(server: ScratchServer) {
  const loginCredentials: number[] = []
  for (let index = 0; index < ACCOUNTS; index++) {
    const account = { name: `account ${index}`, username: 'app', password: `secret ${index}` }
    const made = await ask<{ logincredentials: { id: number } }>(server, 'POST /v1/logincredentials', account)
    loginCredentials.push(made.logincredentials.id)
  }
  const source = { name: 'payroll', databaseType: 'PostgreSQL', loginCredentials }
  const { datasource } = await ask<{ datasource: { id: number } }>(server, 'POST /v1/datasources', source)
  return { accounts: loginCredentials, dataSource: datasource.id }
}

async function checkOutAll(server: ScratchServer, { accounts, dataSource }: Awaited<ReturnType<typeof makeAccounts>>) {
  const passwords = await Promise.all(
    accounts.map(async (id) => {
      const told = await ask<{ checkout: { password: string } }>(server, `POST /v1/logincredentials/${id}/checkout`, {
        dataSource,
      })
      return told.checkout.password
    }),
  )
  assert.deepEqual(
    passwords,
    accounts.map((_, index) => `secret ${index}`),
  )
}

test('a rotation that a killed server had begun is finished after its start, and the former key is not needed any more', async () => {
  await using server = await startScratchServer()
  const made = await makeAccounts(server)
  const file = join(server.dataDir, 'master.key')
  const former = await readFile(file, 'utf8')
  await ask(server, 'POST /api/keys/rotate')
  await server.kill('SIGKILL')
  await server.restart()
  const waited = await runKeys(server, 'rotate')
  assert.equal(waited.code, 0, waited.stderr)
  const status = await runKeys(server, 'status')
  assert.match(
    status.stdout,
    /^([0-9a-f]{16}) wraps 13 data keys: the master key in use\.\nThe latest rotation was finished at/,
  )
  await checkOutAll(server, made)
  const both = await readFile(file, 'utf8')
  assert.ok(both.endsWith(former))
  await writeFile(file, both.slice(0, -former.length))
  await server.restart()
  await checkOutAll(server, made)
})

test('a start without the key that the database needs fails, naming it, and makes none', async () => {
  await using server = await startScratchServer()
  await makeAccounts(server)
  const file = join(server.dataDir, 'master.key')
  await rename(file, `${file}.lost`)
  await assert.rejects(
    server.restart(),
    /The database holds secrets, and the master key file .*master\.key .* is not there/,
  )
  await writeFile(file, `${Buffer.alloc(32, 1).toString('base64')}\n`)
  await assert.rejects(
    server.restart(),
    /were encrypted with the master key [0-9a-f]{16}, and the file .*master\.key holds [0-9a-f]{16}\./,
  )
  await rename(`${file}.lost`, file)
  await server.restart()
})
