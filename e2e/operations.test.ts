import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { ApiClient } from '../apps/server/src/app/testing/api-client.ts'
import { makeTeam } from '../apps/server/src/app/testing/model-steps.ts'
import { testDatabase } from '../apps/server/src/platform/database/test-database.ts'
import { findFreePort } from '../tools/ports/free-port.ts'
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'
import { startDatabaseGate } from './database-gate.ts'
import { spawnServer } from './server-process.ts'

let server: ScratchServer
before(async () => {
  server = await startScratchServer()
})
after(() => server?.[Symbol.asyncDispose]())

async function getJson(url: string): Promise<Record<string, unknown>> {
  const answer = await fetch(url)
  assert.equal(answer.status, 200, url)
  return (await answer.json()) as Record<string, unknown>
}

test('says that it is up and ready, and counts what it does', async () => {
  assert.deepEqual(await getJson(`${server.url}/healthz`), { status: 'up' })
  assert.deepEqual(await getJson(`${server.url}/readyz`), { status: 'ready', checks: { database: 'ok', model: 'ok' } })
  await new ApiClient(server).list('/api/teams')
  const answer = await fetch(`${server.url}/metrics`)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=/)
  assert.match(await answer.text(), /route="listTeams"[^\n]*status="200"|status="200"[^\n]*route="listTeams"/)
})

interface ApiDocument {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
}

interface DocumentedOperation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly security: readonly unknown[]
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly responses: Readonly<Record<string, unknown>>
}

test('documents every operation as OpenAPI 3.1', async () => {
  const document = (await getJson(`${server.url}/openapi.json`)) as unknown as ApiDocument
  assert.match(document.openapi, /^3\.1\./)
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  )
  assert.ok(operations.length > 40)
  const names = operations.map(({ operation }) => operation.operationId)
  for (const name of ['listTeams', 'addMembers', 'createRule', 'addResourcePermissions', 'abortTask', 'getAuthzFile']) {
    assert.ok(names.includes(name), name)
  }
  assert.equal(new Set(names).size, names.length)
  for (const { path, operation } of operations) {
    assert.match(operation.description, /^Who may: \w/)
    const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const documented = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    assert.deepEqual(documented, placeholders, path)
    if (operation.security.length > 0) assert.ok('401' in operation.responses && '403' in operation.responses, path)
  }
  assertReferencesHold(document)
})

function assertReferencesHold(document: ApiDocument): void {
  for (const [, pointer = ''] of JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)) {
    const found = pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document)
    assert.ok(found, `#${pointer} leads nowhere.`)
  }
}

test('a second start on the same data directory is refused, and harms nothing', async () => {
  await using second = await spawnServer({ env: {}, port: await findFreePort(), dataDir: server.dataDir })
  assert.equal(await second.ended, 1)
  assert.match(second.said, new RegExp(`Another Portreeve \\(process ${server.pid}\\) runs on the data directory`))
  assert.match(second.said, /PORTREEVE_DATA_DIR/)
  assert.doesNotMatch(second.said, /\n\s+at /)
  await new ApiClient(server).list('/api/teams')
})

test('a wrong configuration stops the start with one message that lists every problem', async () => {
  const env = {
    PORTREEVE_BASE_URL: 'gate.example',
    PORTREEVE_DATABASE_URL: 'mysql://x',
    PORTREEVE_LOG_LEVEL: 'loud',
    PORTREEVE_BOOTSTRAP_EMAIL: 'root@example.org',
    PORTREEVE_PROT: '1',
  }
  await using wrong = await spawnServer({ env, port: 99_999 })
  assert.equal(await wrong.ended, 2)
  for (const name of ['PORT', 'BASE_URL', 'DATABASE_URL', 'LOG_LEVEL', 'BOOTSTRAP_PASSWORD', 'PROT']) {
    assert.match(wrong.said, new RegExp(`PORTREEVE_${name}\\b`))
  }
})

test('without a superadmin the start prints a link, which makes one and then no other', async () => {
  await using database = await testDatabase({ empty: true })
  const env = { PORTREEVE_DATABASE_URL: database.url }
  await using fresh = await spawnServer({ env, port: await findFreePort() })
  const [link = ''] = await fresh.says(/http:\S+\/setup\?code=\S+/)
  const page = await fetch(link)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /<form/)
  const code = new URL(link).searchParams.get('code')
  const credentials = { email: 'root@example.org', password: 'correct-horse' }
  const post = (path: string, body: unknown) =>
    fetch(`${fresh.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  assert.equal((await post('/setup', { ...credentials, code })).status, 200)
  assert.equal((await post('/setup', { ...credentials, code })).status, 404)
  const loggedIn = await post('/v1/admin/login/', credentials)
  assert.equal(((await loggedIn.json()) as { role: string }).role, 'superadmin')
  assert.equal(fresh.said.match(/setup\?code=/g)?.length, 1)
})

test('SIGTERM lets a request in flight finish, turns new ones away, and ends with 0', async () => {
  await using database = await testDatabase({ empty: true })
  const env = { PORTREEVE_DATABASE_URL: database.url }
  await using draining = await spawnServer({ env, port: await findFreePort() })
  await draining.says(/Portreeve is ready/)
  const body = JSON.stringify({ email: 'nobody@example.org', password: 'x' })
  const inFlight = request(`${draining.url}/v1/admin/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': body.length },
  })
  inFlight.write(body.slice(0, 10))
  const answered = once(inFlight, 'response')
  await untilInFlight(draining.url)
  draining.signal('SIGTERM')
  await draining.says(/requests in flight are answered first/)
  const refused = await fetch(`${draining.url}/api/teams`)
  assert.equal(refused.status, 503)
  assert.ok(Number(refused.headers.get('retry-after')) > 0)
  assert.equal(((await refused.json()) as { code: string }).code, 'server.draining')
  assert.equal((await fetch(`${draining.url}/readyz`)).status, 503)
  assert.equal((await fetch(`${draining.url}/healthz`)).status, 200)
  inFlight.end(body.slice(10))
  const [answer] = await answered
  assert.equal(answer.statusCode, 401)
  assert.match(await text(answer), /sign_in/)
  assert.equal(await draining.ended, 0)
})

/** A request is only in flight once its head has arrived; the server answers what came after it in the meantime. */
async function untilInFlight(url: string): Promise<void> {
  for (let round = 0; round < 5; round += 1) await fetch(`${url}/healthz`)
}

test('without its database it says 503 and when to try again, and recovers by itself', async () => {
  await using database = await testDatabase({ empty: true })
  await using gate = await startDatabaseGate(database.url)
  await using gated = await startScratchServer({ env: { PORTREEVE_DATABASE_URL: gate.url } })
  const api = new ApiClient(gated)
  const team = await makeTeam(api, 'before')
  await gate.shut()
  for (const format of ['json', 'xml'] as const) {
    const reply = await api.in(format).send('GET /api/teams')
    assert.equal(reply.status, 503)
    assert.ok(Number(reply.headers.get('retry-after')) > 0)
    assert.equal((reply.content as { code?: string }).code, 'database.unavailable')
    assert.equal((await api.in(format).send('POST /api/teams', { team: { name: 'lost' } })).status, 503)
  }
  assert.equal((await fetch(`${gated.url}/healthz`)).status, 200)
  assert.equal((await fetch(`${gated.url}/readyz`)).status, 503)
  await gate.open()
  assert.equal((await api.get(`/api/teams/${team}`))['name'], 'before')
  await makeTeam(api, 'after')
  assert.equal((await api.list('/api/teams')).total, 2)
  assert.equal((await fetch(`${gated.url}/readyz`)).status, 200)
})

test('the embedded database is started again when it is killed, and nothing acknowledged is lost', async () => {
  const api = new ApiClient(server)
  const team = await makeTeam(api, 'durable')
  const pidFile = join(server.dataDir, 'postgres', 'cluster', 'postmaster.pid')
  process.kill(Number((await readFile(pidFile, 'utf8')).split('\n', 1)[0]), 'SIGKILL')
  const statuses = new Set<number>()
  for (;;) {
    const { status } = await api.send(`POST /api/teams/${team}/members`, { ids: { ids: [team] } })
    statuses.add(status)
    if (status === 404) break
    await delay(20)
  }
  assert.deepEqual(
    [...statuses].filter((status) => status !== 404 && status !== 503),
    [],
  )
  assert.equal((await api.get(`/api/teams/${team}`))['name'], 'durable')
})
