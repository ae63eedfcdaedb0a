import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { type ReachableMysql, startReachableMysql } from '../../../platform/outbound/testing/reachable-mysql.ts'
import {
  type ReachablePostgres,
  startReachablePostgres,
} from '../../../platform/outbound/testing/reachable-postgres.ts'
import { type CredentialScene, type Shown, startCredentialScene } from '../../testing/credential-scene.ts'

const SECRET = 'planted-secret-probe'
const AUDIT = statement<{ readonly details: object }>(
  'test.audit-of-connection-tests',
  `select details from audit_record where action = 'login_credential.test' order by id`,
)

const ALL_AUDIT = statement<{ readonly id: string; readonly action: string; readonly details: object }>(
  'test.audit-of-all',
  'select id::text, action, details from audit_record order by audit_record.id',
)

let postgres: ReachablePostgres
let mysql: ReachableMysql
let scene: CredentialScene
before(async () => {
  postgres = await startReachablePostgres(SECRET)
  mysql = await startReachableMysql(SECRET)
  scene = await startCredentialScene()
})
after(async () => {
  await scene[Symbol.asyncDispose]()
  await mysql[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

let made = 0

/** A data source at the real PostgreSQL, and an account for it, both with these fields changed. */
async function prepare({ source = {}, account = {} }: { source?: object; account?: object } = {}) {
  made += 1
  const { host, port, database, username } = postgres
  const dataSource = await scene.makeDataSource(`source ${made}`, {
    host,
    port,
    database,
    stewards: ['sam'],
    ...source,
  })
  const secret = { username, password: SECRET, ...account }
  const credentials = await scene.makeCredentials(`account ${made}`, secret, dataSource.id)
  const tryIt = (
    caller: keyof CredentialScene['callers'] = 'sam',
    loginCredentials: unknown = credentials.id,
    reason?: string,
  ) =>
    scene.call(scene.callers[caller], `POST /v1/datasources/${dataSource.id}/testConnection`, {
      loginCredentials,
      reason,
    })
  return { dataSource, credentials, tryIt }
}

async function resultOf(told: Promise<{ readonly text: string; readonly body: Readonly<Record<string, unknown>> }>) {
  const { text, body } = await told
  assert.doesNotMatch(text, /planted-secret/)
  const { success, message, durationMs } = body['testConnection'] as Shown
  assert.equal(typeof durationMs, 'number')
  return `${success}: ${message}`
}

test('logs in to a real PostgreSQL, and writes down that the secret was used', async () => {
  const { dataSource, tryIt } = await prepare()
  const before = (await scene.database.query(AUDIT)).length
  assert.equal(await resultOf(tryIt()), 'true: The database answers.')
  const { host, port, database } = postgres
  assert.deepEqual((await scene.database.query(AUDIT)).slice(before), [
    { details: { dataSource: dataSource.id, reason: null, databaseType: 'PostgreSQL', host, port, database } },
  ])
})

test('logs in to a real MySQL', async () => {
  const { host, port, database, username } = mysql
  const there = { databaseType: 'MySQL', host, port, database }
  const { tryIt } = await prepare({ source: there, account: { username } })
  assert.equal(await resultOf(tryIt()), 'true: The database answers.')
  const wrong = await prepare({ source: there, account: { username, ...WRONG } })
  assert.match(await resultOf(wrong.tryIt()), /^false: The database refuses the username or the password/)
  const elsewhere = await prepare({ source: { ...there, port: postgres.port }, account: { username } })
  assert.match(await resultOf(elsewhere.tryIt()), /^false: The database did not answer in time/)
})

const WRONG = { password: 'planted-secret-wrong' }
const failures: readonly [what: string, fields: Parameters<typeof prepare>[0], result: RegExp][] = [
  ['a wrong password', { account: WRONG }, /^false: The database refuses the username or the password/],
  ['an unknown account', { account: { username: 'nobody' } }, /^false: The database refuses the username or the/],
  ['an unknown database', { source: { database: 'nonexistent' } }, /^false: .*no database of that name/],
  ['a host nobody knows', { source: { host: 'nowhere.invalid' } }, /^false: There is no address for the host/],
  ['a port at which nothing listens', { source: { port: 1 } }, /^false: Nothing answers at the host and port/],
  ['no host', { source: { host: '' } }, /^false: The data source has no host/],
  [
    'a type it cannot try',
    { source: { databaseType: 'Oracle' } },
    /^false: Databases of this type cannot be tried here/,
  ],
  [
    'TLS that is not offered',
    { source: { properties: { sslmode: 'verify-full' } } },
    /^false: No encrypted connection/,
  ],
]

for (const [what, fields, result] of failures) {
  test(`tells of ${what}`, async () => {
    const { tryIt } = await prepare(fields)
    assert.match(await resultOf(tryIt()), result)
  })
}

test('refuses the machine itself and its surroundings unless the setting allows them', async () => {
  const node = await scene.startNode({ reach: 'network' })
  for (const host of ['127.0.0.1', 'localhost', '::1', '0.0.0.0', '::ffff:127.0.0.1', '169.254.169.254', 'fe80::1']) {
    const { dataSource, credentials } = await prepare({ source: { host } })
    const body = { loginCredentials: credentials.id }
    const told = node.call(scene.callers.sam, `POST /v1/datasources/${dataSource.id}/testConnection`, body)
    assert.match(await resultOf(told), /^false: The host of the data source is an address of the server itself/, host)
  }
})

test('gives up within five seconds on a server that says nothing', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => void sockets.push(socket))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { tryIt } = await prepare({ source: { port: (silent.address() as AddressInfo).port } })
  const told = await tryIt()
  assert.match(await resultOf(Promise.resolve(told)), /^false: The database did not answer in time/)
  for (const socket of sockets) socket.destroy()
  silent.close()
})

test('repeats nothing of what a server says', async () => {
  const message = Buffer.from(`SFATAL\0VFATAL\0CXX000\0Mplanted-secret-of-server\0\0`)
  const talker = createServer((socket) => {
    const header = Buffer.alloc(5)
    header.write('E')
    header.writeInt32BE(message.length + 4, 1)
    socket.on('error', () => undefined).end(Buffer.concat([header, message]))
  })
  talker.listen(0, '127.0.0.1')
  await once(talker, 'listening')
  const { tryIt } = await prepare({ source: { port: (talker.address() as AddressInfo).port } })
  assert.match(await resultOf(tryIt()), /^false: The database refuses the connection, or it is not a database/)
  talker.close()
})

test('uses a secret for whoever could check it out, at a data source it is linked to, and for nobody else', async () => {
  const { tryIt } = await prepare()
  const elsewhere = await prepare()
  assert.equal((await tryIt('bob')).outcome, '403 Forbidden')
  assert.equal((await tryIt('eve')).outcome, '404 Not Found')
  assert.match(
    (await tryIt('sam', elsewhere.credentials.id)).outcome,
    /^400 loginCredentials must be linked to the data/,
  )
  assert.equal((await tryIt('sam', 'x')).outcome, '400 loginCredentials must be an integer')
  assert.match((await tryIt('sam', 999_999)).outcome, /^400 loginCredentials must be linked/)
})

test('asks for a reason where one is asked for a checkout, and writes down what was refused', async () => {
  const { dataSource, credentials, tryIt } = await prepare({ source: { databaseType: 'Other' } })
  const settings = (checkoutReasonRequired: boolean) =>
    scene.call(scene.callers.root, 'PUT /api/settings', { checkoutReasonRequired })
  await settings(true)
  const [last] = (await scene.database.query(ALL_AUDIT)).slice(-1)
  assert.equal((await tryIt()).outcome, '400 reason field is required')
  assert.match((await tryIt('sam', credentials.id, 'a\nb')).outcome, /^400 reason must /)
  assert.equal((await tryIt('bob', credentials.id, 'curious')).outcome, '403 Forbidden')
  assert.equal((await tryIt('sam', credentials.id, 'moved house')).status, 200)
  await settings(false)
  const written = (await scene.database.query(ALL_AUDIT)).filter(
    ({ id, action }) => BigInt(id) > BigInt(last?.id ?? 0) && action.startsWith('login_credential.test'),
  )
  const there = { dataSource: dataSource.id }
  assert.deepEqual(
    written.map(({ action, details }) => [action, details]),
    [
      ['login_credential.test_refused', { ...there, reason: null, because: 'login_credential.field_required' }],
      ['login_credential.test_refused', { ...there, reason: 'curious', because: 'login_credential.not_yours' }],
      [
        'login_credential.test',
        {
          ...there,
          ...{ reason: 'moved house', databaseType: 'Other', host: postgres.host },
          ...{ port: postgres.port, database: postgres.database },
        },
      ],
    ],
  )
})

test('lets nobody try more than 120 times an hour, apart from what they check out', async () => {
  const { dataSource, credentials, tryIt } = await prepare({ source: { databaseType: 'Other', stewards: ['bob'] } })
  const tried = await Promise.all(Array.from({ length: 125 }, () => tryIt('bob')))
  assert.equal(tried.filter(({ status }) => status === 200).length, 120)
  const [refused] = tried.filter(({ status }) => status === 429)
  assert.equal(refused?.headers.get('retry-after'), '3600')
  const checkout = { dataSource: dataSource.id }
  const told = await scene.call(scene.callers.bob, `POST /v1/logincredentials/${credentials.id}/checkout`, checkout)
  assert.equal(told.status, 200)
  // The one answer with a secret; the last test looks at all others.
  scene.said.splice(scene.said.indexOf(told.text), 1)
  scene.clock.time += 60 * 60 * 1000
  assert.equal((await tryIt('bob')).status, 200)
})

test('nothing that was planted has come out: not by an answer, not by the log', () => {
  assert.ok(scene.said.length > 100)
  assert.deepEqual(
    scene.said.filter((text) => text.includes('planted-secret')),
    [],
  )
})
