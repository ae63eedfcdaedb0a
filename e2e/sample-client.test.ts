import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Connector, PortreeveClient } from '@portreeve/client'
import { decodeBase32 } from '../apps/server/src/features/sign-in/second-factor/base32.ts'
import { oneTimeCode, timeStep } from '../apps/server/src/features/sign-in/second-factor/one-time-code.ts'
import { testDatabase } from '../apps/server/src/platform/database/test-database.ts'
import { findFreePort } from '../tools/ports/free-port.ts'
import { makeScratchDirectory } from '../tools/scratch-directory.ts'
import { SCRATCH_ADMIN, type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'
import { sampleClient } from './sample-client-process.ts'
import { type ServerProcess, spawnServer } from './server-process.ts'

const ANN = { username: 'ann', email: 'ann@example.org' }
const PASSWORD = 'blue paper lantern'
const ERASED = /All that was kept here is erased, and the server knows/
const POLL_MS = 20

let server: ScratchServer
before(async () => {
  server = await startScratchServer()
  await addAnn(await PortreeveClient.signIn(server.url, SCRATCH_ADMIN))
})
after(() => server?.[Symbol.asyncDispose]())

async function addAnn(admin: PortreeveClient): Promise<void> {
  const { entityId } = await admin.users.create(ANN)
  await admin.request({ method: 'PUT', path: `/api/users/${entityId}/password`, body: { password: PASSWORD } })
}

function list(admin: PortreeveClient): Promise<Connector[]> {
  return Array.fromAsync(admin.connectors.list())
}

/** The one connector there is. */
async function only(admin: PortreeveClient): Promise<Connector> {
  const [connector, ...others] = await list(admin)
  assert.ok(connector && others.length === 0)
  return connector
}

/** Two servers on one database, of which either may send what mail there is. */
async function startNodes(): Promise<{ readonly nodes: readonly [ServerProcess, ServerProcess] } & AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  const shared = starting.use(await makeScratchDirectory())
  const database = starting.use(await testDatabase({ empty: true }))
  const env = {
    PORTREEVE_DATABASE_URL: database.url,
    PORTREEVE_MASTER_KEY_FILE: join(shared.path, 'master.key'),
    PORTREEVE_BOOTSTRAP_EMAIL: SCRATCH_ADMIN.email,
    PORTREEVE_BOOTSTRAP_PASSWORD: SCRATCH_ADMIN.password,
  }
  const start = async () => {
    const node = starting.use(await spawnServer({ env, port: await findFreePort() }))
    await node.says(/Portreeve is ready/)
    return node
  }
  const nodes = [await start(), await start()] as const
  const running = starting.move()
  return { nodes, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** The link in the first mail that is in one of the outboxes (RFC 2045, 6.7: quoted-printable). */
async function firstLink(dataDirs: readonly string[]): Promise<string> {
  for (;;) {
    for (const dataDir of dataDirs) {
      const outbox = join(dataDir, 'outbox')
      const name = (await readdir(outbox)).find((each) => each.endsWith('.eml'))
      if (name === undefined) continue
      const mail = (await readFile(join(outbox, name), 'utf8')).replaceAll('=\r\n', '').replaceAll('=3D', '=')
      return /http\S+code=\S+/.exec(mail)?.[0] ?? ''
    }
    await delay(POLL_MS)
  }
}

/** Turns two-factor on for the admin, and answers with the next code, since each is good once. */
async function enrol(admin: PortreeveClient): Promise<string> {
  const enrolled = await admin.request({ method: 'POST', path: '/v1/admin/second-factor/' })
  const secret = decodeBase32(((await enrolled.json()) as { secret: string }).secret)
  const step = timeStep(new Date())
  const body = { token: oneTimeCode(secret, step) }
  await admin.request({ method: 'POST', path: '/v1/admin/second-factor/verify/', body })
  return oneTimeCode(secret, step + 1)
}

test('a registered installation is confirmed, locked, unlocked, wiped and deleted, from another node than its own', async () => {
  await using directory = await makeScratchDirectory()
  await using started = await startNodes()
  const [near, far] = started.nodes
  const admin = await PortreeveClient.signIn(far.url, SCRATCH_ADMIN)
  await addAnn(admin)
  const client = sampleClient(join(directory.path, 'client'))

  const registered = await client.do('register', ANN.email, '--url', near.url, '--device-name', 'Ann’s phone')
  assert.equal(registered.code, 0, registered.stderr)
  assert.equal((await client.do('note', 'too early')).code, 1)
  const link = await firstLink(started.nodes.map(({ dataDir }) => dataDir))
  assert.equal((await client.do('confirm', link)).code, 0)
  assert.equal((await client.do('confirm', link)).code, 1)
  assert.equal((await client.do('note', 'milk')).code, 0)
  assert.match((await client.do('fetch')).stdout, /leads no team/)

  await using run = client.run()
  await run.says(/is enabled\.\nNotes \(1\):\n {2}milk\n/)
  const { connector_id: id, device_name, username, connector_state } = await only(admin)
  assert.deepEqual([device_name, username, connector_state], ['Ann’s phone', 'ann', 'Enabled'])

  await admin.connectors.changeState(id, 'Disabled')
  await run.says(/is locked/)
  const hidden = await client.do('show')
  assert.deepEqual([hidden.code, hidden.stdout], [1, ''])
  await admin.connectors.changeState(id, 'Enabled')
  await run.says(/is locked[\s\S]*is enabled/)
  assert.match((await client.do('show')).stdout, /milk/)

  const code = await enrol(admin)
  await assert.rejects(PortreeveClient.signIn(far.url, SCRATCH_ADMIN), { code: 'sign_in.token_required' })
  const fresh = await PortreeveClient.signIn(far.url, { ...SCRATCH_ADMIN, token: code })
  await fresh.connectors.changeState(id, 'Wipe')
  await run.says(ERASED)
  assert.equal(await run.ended, 0)
  assert.deepEqual(await readdir(client.folder), [])
  const wiped = await fresh.connectors.get(id)
  assert.equal(wiped.connector_state, 'Wiped')
  assert.ok(wiped.wipe_ordered_at && wiped.wipe_confirmed_at)
  await fresh.connectors.delete(id)
  await assert.rejects(fresh.connectors.get(id), { code: 'connector.not_found' })
})

test('a login with a password makes a connector, and a logout deletes it with all that was kept', async () => {
  await using directory = await makeScratchDirectory()
  const admin = new PortreeveClient({ baseUrl: server.url, token: server.token })
  const client = sampleClient(join(directory.path, 'client'))
  const refused = await client.told('a wrong password\n', 'login', 'ann', '--url', server.url)
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /sign_in\.bad_credentials/)
  assert.match((await client.do('status')).stderr, /no connector here/)

  assert.equal((await client.told(`${PASSWORD}\n`, 'login', 'ann', '--url', server.url)).code, 0)
  assert.equal((await only(admin)).created_by, 'login')
  assert.match((await client.do('register', ANN.email, '--url', server.url)).stderr, /is kept in .* already/)
  assert.equal((await client.do('logout')).code, 0)
  assert.deepEqual(await list(admin), [])
  assert.deepEqual(await readdir(client.folder), [])
})

test('a client outlasts a server that is away, and finishes a wipe in whose middle it was killed', async () => {
  await using directory = await makeScratchDirectory()
  const admin = await PortreeveClient.signIn(server.url, SCRATCH_ADMIN)
  const client = sampleClient(join(directory.path, 'client'))
  await client.told(`${PASSWORD}\n`, 'login', 'ann', '--url', server.url)
  const { connector_id: id } = await only(admin)
  await using run = client.run()
  await run.says(/is enabled/)
  await server.kill('SIGTERM')
  await run.says(/No answer from .* Trying again in/)
  assert.match((await client.do('show')).stderr, /Going by what it said last/)
  await server.restart()
  await admin.connectors.changeState(id, 'Disabled')
  await run.says(/is locked/)

  // So many that erasing them takes longer than it takes to kill it.
  const cache = join(client.folder, 'private', 'cache')
  await mkdir(cache)
  await Promise.all(Array.from({ length: 5000 }, (_, number) => writeFile(join(cache, `${number}`), '')))
  await assert.rejects(
    new PortreeveClient({ baseUrl: server.url, token: server.token }).connectors.changeState(id, 'Wipe'),
    {
      code: 'sign_in.reauthenticate',
    },
  )
  await admin.connectors.changeState(id, 'Wipe')
  await run.says(/is to be wiped/)
  run.signal('SIGKILL')
  await run.ended
  await client.do('run')
  assert.deepEqual(await readdir(client.folder), [])
  assert.equal((await admin.connectors.get(id)).connector_state, 'Wiped')
})
