import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { setImmediate as immediate } from 'node:timers/promises'
import { openDatabase } from '../../../platform/database/open-database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'
import { DecisionModels } from './decision-models.ts'
import { sqlModelSource } from './model-source.sql.ts'

const ADD_USER = statement(
  'test.add-model-user',
  `with moved as (update organisation_model set head = head + 1, target = target + 1, enforced = enforced + 1 where organisation_id = 1)
   insert into app_user (id, organisation_id, username) values (gen_random_uuid(), 1, $1)`,
)
const SWITCH_USER = statement('test.switch-model-user', 'update app_user set enabled = $2 where username = $1')
const POSITION = statement<{ head: number; enforced: number; lineage: string }>(
  'test.source-position',
  'select head, enforced, lineage from organisation_model where organisation_id = 1',
)

/** What stands between a node and its database, and can be cut. */
async function startCable({ hostname, port }: URL) {
  const host = decodeURIComponent(hostname)
  const to = host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port: Number(port) }
  const ends = new Set<Socket>()
  let isCut = false
  const server = createServer((client) => {
    if (isCut) return void client.destroy()
    const upstream = connect(to)
    for (const end of [client, upstream]) {
      ends.add(end)
      end.on('error', () => undefined).on('close', () => ends.delete(end))
    }
    client.pipe(upstream).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  const cut = (cutting: boolean) => {
    isCut = cutting
    if (cutting) for (const end of ends) end.destroy()
  }
  return { port: address.port, cut, [Symbol.dispose]: () => void [cut(true), server.close()] }
}

test('while the database is away nobody gets an old answer, and afterwards the model goes on', async () => {
  await using direct = await testDatabase()
  const url = new URL(direct.url)
  using cable = await startCable(url)
  url.host = `127.0.0.1:${cable.port}`
  await using database = openDatabase({ url: url.href, allowExitOnIdle: true })
  const readings: string[] = []
  const models = new DecisionModels({
    source: sqlModelSource(database),
    mostParts: 1000,
    monotonicMs: () => 0,
    breathe: immediate,
    pause: async () => undefined,
    onFailure: () => undefined,
    onRead: ({ by }) => readings.push(by),
  })
  const get = async () => {
    const [position] = await direct.db.query(POSITION)
    assert.ok(position)
    return (await models.get({ organisation: 1, state: 'enforced', position })).model
  }
  await direct.db.query(ADD_USER, ['ann'])
  assert.ok((await get()).findUserNamed('ann'))
  cable.cut(true)
  await direct.db.query(ADD_USER, ['bob'])
  await assert.rejects(get(), { code: 'database.unavailable', kind: 'unavailable' })
  await assert.rejects(models.look(), { code: 'database.unavailable' })
  cable.cut(false)
  assert.ok((await get()).findUserNamed('bob'))
  assert.deepEqual(readings, ['facts', 'changes'])
})

test('a change of a user whose transaction ends after a later one’s is not missed', async () => {
  await using direct = await testDatabase()
  await using other = openDatabase({ url: direct.url, allowExitOnIdle: true })
  const source = sqlModelSource(direct.db)
  await direct.db.query(ADD_USER, ['slow'])
  const [changed, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = other.transaction(async (tx) => {
    await tx.query(SWITCH_USER, ['slow', false])
    changed.resolve()
    await mayCommit.promise
  })
  await changed.promise
  await direct.db.query(ADD_USER, ['quick'])
  const { at, facts } = await source.readFacts(1, 'enforced')
  const enabledOf = (users: readonly { username: string; enabled: boolean }[]) =>
    users.map(({ username, enabled }) => `${username} ${enabled}`)
  assert.deepEqual(enabledOf(facts.users), ['quick true', 'slow true'])
  mayCommit.resolve()
  await slow
  const changes = await source.readChanges(1, 'enforced', at)
  assert.ok(changes && enabledOf(changes.changes.users).includes('slow false'))
  const nothing = await source.readChanges(1, 'enforced', changes.at)
  assert.deepEqual(nothing?.changes.users, [])
})
