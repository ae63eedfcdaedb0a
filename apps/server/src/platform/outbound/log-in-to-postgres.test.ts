import assert from 'node:assert/strict'
import { mkdtempDisposable, readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createSecureContext, TLSSocket } from 'node:tls'
import { type DatabasePlace, type ProbeOptions, type ProbeOutcome, probeDatabase } from './probe-database.ts'
import { makeCertificate } from './testing/certificate.ts'
import { type ReachablePostgres, startReachablePostgres } from './testing/reachable-postgres.ts'
import { startScriptedServer } from './testing/scripted-server.ts'

const SECRET = 'planted-secret-pg'
const ANYWHERE: ProbeOptions = { reach: 'anywhere', timeoutMs: 5000 }
let place: ReachablePostgres & Pick<DatabasePlace, 'type'>
before(async () => {
  place = { ...(await startReachablePostgres(SECRET)), type: 'PostgreSQL' }
})
after(() => place[Symbol.asyncDispose]())

const account = () => ({ username: place.username, password: SECRET })

test('connects where account and database are right', async () => {
  assert.equal(await probeDatabase(place, account(), ANYWHERE), 'connected')
})

test('tells a wrong password and an unknown account alike, and an unknown database from them', async () => {
  const wrong = { ...account(), password: 'not it' }
  assert.equal(await probeDatabase(place, wrong, ANYWHERE), 'wrong_account')
  assert.equal(await probeDatabase(place, { ...wrong, username: 'nobody' }, ANYWHERE), 'wrong_account')
  const elsewhere = { ...place, database: 'nonexistent' }
  assert.equal(await probeDatabase(elsewhere, account(), ANYWHERE), 'unknown_database')
})

test('refuses the machine itself by address and by name, whatever listens there', async () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '0.0.0.0', '::ffff:127.0.0.1', '169.254.169.254']) {
    const outcome = await probeDatabase({ ...place, host }, account(), { reach: 'network', timeoutMs: 5000 })
    assert.equal(outcome, 'refused_address', host)
  }
})

test('tells that nothing listens, and that there is no such host', async () => {
  await using listener = await startScriptedServer(() => undefined)
  const { port } = listener
  await listener[Symbol.asyncDispose]()
  assert.equal(await probeDatabase({ ...place, port }, account(), ANYWHERE), 'unreachable')
  assert.equal(await probeDatabase({ ...place, host: 'no-such-host.invalid' }, account(), ANYWHERE), 'unknown_host')
})

test('tells that TLS is asked for and not offered', async () => {
  assert.equal(await probeDatabase({ ...place, tls: 'verify-full' }, account(), ANYWHERE), 'tls_failed')
})

test('gives up on a server that says nothing, and closes the connection', async () => {
  const closed = Promise.withResolvers<void>()
  await using silent = await startScriptedServer((socket) => socket.on('close', () => closed.resolve()).resume())
  const outcome = await probeDatabase({ ...place, port: silent.port }, account(), ANYWHERE)
  assert.equal(outcome, 'timed_out')
  await closed.promise
})

test('takes nothing that a server says for an outcome, and not more than a megabyte of it', async () => {
  await using talker = await startScriptedServer((socket) => socket.write(errorResponse(`no way in with ${SECRET}`)))
  assert.equal(await probeDatabase({ ...place, port: talker.port }, account(), ANYWHERE), 'failed')
  await using server = await startScriptedServer(flood)
  assert.equal(await probeDatabase({ ...place, port: server.port }, account(), ANYWHERE), 'failed')
})

const READY = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))])
const hostile: readonly [what: string, bytes: Buffer, outcome: ProbeOutcome][] = [
  ['a request for GSSAPI', message('R', Buffer.from([0, 0, 0, 7])), 'failed'],
  ['a message that is cut off', message('R', Buffer.alloc(0)), 'failed'],
  ['a row of less than no columns', Buffer.concat([READY, message('D', Buffer.from([0xff, 0xff]))]), 'failed'],
  ['an error that keeps the driver busy for good', message('E', Buffer.alloc(0)), 'timed_out'],
]

for (const [what, bytes, expected] of hostile) {
  test(`survives a server that says ${what}`, async () => {
    await using server = await startScriptedServer((socket) => socket.write(bytes))
    const options = { ...ANYWHERE, timeoutMs: 2000 }
    const outcome = await probeDatabase({ ...place, port: server.port }, account(), options)
    assert.equal(outcome, expected)
  })
}

const CLEARTEXT = message('R', Buffer.from([0, 0, 0, 3]))

test('sends no password to a server that asks for it in the clear', async () => {
  const said: Buffer[] = []
  await using server = await startScriptedServer((socket) => {
    socket.on('data', (data: Buffer) => said.push(data)).write(CLEARTEXT)
  })
  assert.equal(await probeDatabase({ ...place, port: server.port }, account(), ANYWHERE), 'wants_cleartext')
  assert.doesNotMatch(Buffer.concat(said).toString('latin1'), new RegExp(SECRET))
})

test('encrypts to an address as to a name, and is not told who is at the other end unless it is verified', async () => {
  const said: Buffer[] = []
  await using server = await listenEncrypted((socket) => {
    socket.on('data', (data: Buffer) => said.push(data)).write(CLEARTEXT)
  })
  for (const host of ['127.0.0.1', 'localhost']) {
    const there = { ...place, host, port: server.port }
    assert.equal(await probeDatabase({ ...there, tls: 'require' }, account(), ANYWHERE), 'wants_cleartext', host)
    assert.equal(await probeDatabase({ ...there, tls: 'verify-full' }, account(), ANYWHERE), 'tls_failed', host)
  }
  const text = Buffer.concat(said).toString('latin1')
  assert.match(text, /application_name/)
  assert.doesNotMatch(text, new RegExp(SECRET))
})

test('takes no more than a megabyte of an encrypted connection, either', async () => {
  await using server = await listenEncrypted(flood)
  assert.equal(await probeDatabase({ ...place, port: server.port, tls: 'require' }, account(), ANYWHERE), 'failed')
})

/** A parameter status of a gigabyte. */
function flood(socket: Socket): void {
  const more = () => {
    while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 0x53))) {}
  }
  socket.on('drain', more).on('error', () => undefined)
  socket.write(Buffer.from([0x53, 0x40, 0, 0, 0]))
  more()
}

/** PostgreSQL, 54.7: ErrorResponse with a message and no known code. */
function errorResponse(text: string): Buffer {
  return message('E', Buffer.from(`SFATAL\0VFATAL\0CXX000\0M${text}\0\0`))
}

function message(code: string, body: Buffer): Buffer {
  const header = Buffer.alloc(5)
  header.write(code)
  header.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([header, body])
}

/** PostgreSQL, 54.2.10: `S` to a request for encryption. Nobody has signed the certificate. */
async function listenEncrypted(onConnection: (socket: TLSSocket) => void) {
  await using directory = await mkdtempDisposable(join(tmpdir(), 'portreeve-certificate-'))
  const { key, certificate } = await makeCertificate(directory.path)
  const secureContext = createSecureContext({ key: await readFile(key), cert: await readFile(certificate) })
  return await startScriptedServer((socket) => {
    socket.once('data', () => {
      socket.write('S', () => {
        const encrypted = new TLSSocket(socket, { isServer: true, secureContext })
        encrypted.on('error', () => undefined).on('secure', () => onConnection(encrypted))
      })
    })
  })
}
