import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { type DatabasePlace, type ProbeOptions, type ProbeOutcome, probeDatabase } from './probe-database.ts'
import { type ReachableMysql, startReachableMysql } from './testing/reachable-mysql.ts'
import { startScriptedServer } from './testing/scripted-server.ts'

const SECRET = 'planted-secret-my'
const ANYWHERE: ProbeOptions = { reach: 'anywhere', timeoutMs: 5000 }

describe('a real MariaDB', () => {
  let server: ReachableMysql
  before(async () => {
    server = await startReachableMysql(SECRET)
  })
  after(() => server[Symbol.asyncDispose]())

  const tryIt = (place: Partial<DatabasePlace> = {}, account = {}, options = ANYWHERE) => {
    const { host, port, database, username } = server
    return probeDatabase(
      { type: 'MySQL', host, port, database, ...place },
      { username, password: SECRET, ...account },
      options,
    )
  }

  test('connects where account and database are right, and to none in particular', async () => {
    assert.equal(await tryIt(), 'connected')
    assert.equal(await tryIt({ database: '' }), 'connected')
  })

  test('tells a wrong password and an unknown account alike, and an unknown database from them', async () => {
    assert.equal(await tryIt({}, { password: 'not it' }), 'wrong_account')
    assert.equal(await tryIt({}, { username: 'nobody', password: 'not it' }), 'wrong_account')
    assert.equal(await tryIt({}, { password: '' }), 'wrong_account')
    assert.equal(await tryIt({ database: 'nonexistent' }), 'unknown_database')
  })

  test('encrypts, and is not told who is at the other end unless it is verified', async () => {
    assert.equal(await tryIt({ tls: 'require' }), 'connected')
    assert.equal(await tryIt({ host: 'localhost', tls: 'verify-full' }), 'tls_failed')
    assert.equal(await tryIt({ tls: 'verify-full' }), 'wants_host_name')
  })

  test('refuses the machine itself by address and by name, whatever listens there', async () => {
    for (const host of ['127.0.0.1', 'localhost', '::1', '0.0.0.0', '::ffff:127.0.0.1', '169.254.169.254']) {
      assert.equal(await tryIt({ host }, {}, { ...ANYWHERE, reach: 'network' }), 'refused_address', host)
    }
  })
})

test('tells that nothing listens, and that there is no such host', async () => {
  const silent = await startScriptedServer(() => undefined)
  const { port } = silent
  await silent[Symbol.asyncDispose]()
  assert.equal(await probe({ port }), 'unreachable')
  assert.equal(await probe({ port, host: 'no-such-host.invalid' }), 'unknown_host')
})

test('gives up on a server that says nothing, and closes the connection', async () => {
  const closed = Promise.withResolvers<void>()
  await using silent = await startScriptedServer((socket) => socket.on('close', () => closed.resolve()).resume())
  assert.equal(await probe({ port: silent.port }), 'timed_out')
  await closed.promise
})

test('takes no more than a megabyte from a server', async () => {
  await using server = await startScriptedServer((socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(Buffer.alloc(64 * 1024, 0xfe))) {}
    }
    socket.on('drain', more)
    more()
  })
  assert.equal(await probe({ port: server.port }), 'failed')
})

test('tells that TLS is asked for and not offered', async () => {
  const { outcome, said } = await probeScripted([hello('mysql_native_password')], { tls: 'require' })
  assert.equal(outcome, 'tls_failed')
  assert.doesNotMatch(said, /prober/)
})

const SCRAMBLE = Buffer.alloc(20, 7)
const OK = Buffer.from([0, 0, 0, 2, 0, 0, 0])
const LOCAL_FILES = 0x80
const FULL_AUTHENTICATION = Buffer.from([1, 4])
const switchTo = (plugin: string) =>
  Buffer.concat([Buffer.from(`\xfe${plugin}\0`, 'latin1'), SCRAMBLE, Buffer.alloc(1)])

const asking: readonly [how: string, says: readonly Buffer[]][] = [
  ['in the clear', [hello('mysql_clear_password'), switchTo('mysql_clear_password')]],
  ['in the clear, after another way', [hello('mysql_native_password'), switchTo('mysql_clear_password')]],
  ['under a key of its own', [hello('sha256_password'), switchTo('sha256_password')]],
  [
    'under a key of its own, having forgotten it',
    [hello('caching_sha2_password'), switchTo('caching_sha2_password'), FULL_AUTHENTICATION],
  ],
]

for (const [how, says] of asking) {
  test(`sends no password to a server that asks for it ${how}`, async () => {
    const { outcome, said, heard } = await probeScripted(says)
    assert.equal(outcome, 'wants_cleartext')
    assert.equal(heard, says.length - 1)
    assert.match(said, /prober/)
    assert.doesNotMatch(said, new RegExp(SECRET))
  })
}

test('offers no files, and sends none to a server that answers a query by asking for one', async () => {
  const asksForFile = Buffer.from(`\xfb${import.meta.filename}`, 'latin1')
  const { outcome, said, heard } = await probeScripted([
    hello('mysql_native_password'),
    OK,
    asksForFile,
    refusal('enough'),
  ])
  assert.equal(outcome, 'failed')
  assert.equal(heard, 3)
  const capabilities = Buffer.from(said, 'latin1').readUInt32LE(4)
  assert.equal(capabilities & LOCAL_FILES, 0)
  assert.doesNotMatch(said, /offers no files/)
})

test('takes nothing that a server says for an outcome', async () => {
  const answers = [hello('mysql_native_password'), refusal(`no way in with ${SECRET}`)]
  assert.equal((await probeScripted(answers)).outcome, 'failed')
  assert.equal((await probeScripted([Buffer.from([10])])).outcome, 'failed')
  assert.equal((await probeScripted([hello('toString'), switchTo('toString')])).outcome, 'failed')
})

function probe(place: Partial<DatabasePlace> & Pick<DatabasePlace, 'port'>): Promise<ProbeOutcome> {
  const there = { type: 'MySQL', host: '127.0.0.1', database: 'probed', ...place } as const
  return probeDatabase(there, { username: 'prober', password: SECRET }, { ...ANYWHERE, timeoutMs: 2000 })
}

/** Tries a server that says the first of these at once, and one more whenever it has heard a packet. */
async function probeScripted(says: readonly Buffer[], place: Partial<DatabasePlace> = {}) {
  const heard: Buffer[] = []
  const answer = (socket: Socket, [first, ...rest]: readonly Buffer[], sequence: number) => {
    if (!first) return
    socket.write(packet(first, sequence))
    socket.once('data', (data: Buffer) => {
      heard.push(data)
      answer(socket, rest, (data[3] ?? 0) + 1)
    })
  }
  await using server = await startScriptedServer((socket) => answer(socket, says, 0))
  const outcome = await probe({ port: server.port, ...place })
  return { outcome, said: Buffer.concat(heard).toString('latin1'), heard: heard.length }
}

/** MySQL, "ERR_Packet", of a number that means nothing. */
function refusal(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0x10, 0x27]), Buffer.from(`#HY000${text}`)])
}

function packet(body: Buffer, sequence: number): Buffer {
  const header = Buffer.alloc(4)
  header.writeUIntLE(body.length, 0, 3)
  header[3] = sequence
  return Buffer.concat([header, body])
}

/** MySQL, "Protocol::HandshakeV10": what a server begins with. */
function hello(plugin: string): Buffer {
  // PROTOCOL_41, SECURE_CONNECTION and CONNECT_WITH_DB; PLUGIN_AUTH. No TLS.
  const [lower, upper] = [Buffer.from([0x08, 0x82]), Buffer.from([0x08, 0x00])]
  const [charset, status] = [Buffer.from([45]), Buffer.from([2, 0])]
  return Buffer.concat([
    Buffer.from('\x0a8.4.0\0', 'latin1'),
    Buffer.alloc(4, 1),
    SCRAMBLE.subarray(0, 8),
    Buffer.alloc(1),
    lower,
    charset,
    status,
    upper,
    Buffer.from([21]),
    Buffer.alloc(10),
    SCRAMBLE.subarray(8),
    Buffer.from(`\0${plugin}\0`),
  ])
}
