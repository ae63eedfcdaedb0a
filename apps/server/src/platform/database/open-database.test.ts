import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Client } from 'pg'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'
import { statement } from './statement.ts'
import { testDatabase } from './test-database.ts'

const backend = statement<{ pid: number }>('test.backend', 'select pg_backend_pid() as pid')
const makeCounter = statement('test.make-counter', 'create table counter (id int primary key, value int8 not null)')
const addCounter = statement('test.add-counter', 'insert into counter values ($1, $2)')

async function withCounters(db: Database): Promise<void> {
  await db.query(makeCounter)
  for (const id of [1, 2]) await db.query(addCounter, [id, 0])
}

const read = () => statement<{ value: number }>('test.read', 'select value from counter where id = $1')
const write = () => statement('test.write', 'update counter set value = $2 where id = $1')
const add = () => statement('test.add', 'update counter set value = value + 1 where id = $1')

async function counterOf(db: Database, id: number): Promise<number | undefined> {
  return (await db.query(read(), [id]))[0]?.value
}

test('gives numbers for int8, dates for timestamptz and text for date', async () => {
  await using database = await testDatabase()
  const rows = await database.db.query(
    statement(
      'test.values',
      `select 9007199254740991::int8 as big, '{1,null}'::int8[] as many, '2026-01-02'::date as day,
              '2026-01-02T03:04:05Z'::timestamptz as at`,
    ),
  )
  const expected = { big: 9007199254740991, many: [1, null], day: '2026-01-02', at: new Date('2026-01-02T03:04:05Z') }
  assert.deepEqual(rows, [expected])
})

test('refuses a number that would be rounded, and works on', async () => {
  await using database = await testDatabase()
  await assert.rejects(database.db.query(statement('test.too-big', 'select 9007199254740993::int8')), RangeError)
  assert.equal((await database.db.query(backend)).length, 1)
})

test('prepares a statement once for a connection, and keeps it through errors of statements', async () => {
  await using database = await testDatabase()
  const { db } = database
  const [before] = await db.query(backend)
  await db.query(makeCounter)
  await db.query(addCounter, [1, 0])
  await assert.rejects(db.query(addCounter, [1, 0]), { code: '23505' })
  assert.deepEqual(await db.query(backend), [before])
  const prepared = statement<{ n: number }>(
    'test.prepared',
    `select count(*) as n from pg_prepared_statements where name = 'test.backend'`,
  )
  assert.deepEqual(await db.query(prepared), [{ n: 1 }])
})

test('commits what a transaction did, and undoes it when the work fails', async () => {
  await using database = await testDatabase()
  const { db } = database
  await withCounters(db)
  await db.transaction((tx) => tx.query(write(), [1, 7]))
  const failing = db.transaction(async (tx) => {
    await tx.query(write(), [1, 8])
    throw new Error('changed my mind')
  })
  await assert.rejects(failing, /changed my mind/)
  assert.equal(await counterOf(db, 1), 7)
})

test('refuses to commit after a failed statement whose error was swallowed', async () => {
  await using database = await testDatabase()
  const { db } = database
  await withCounters(db)
  const careless = db.transaction(async (tx) => {
    await tx.query(write(), [1, 9])
    await tx.query(addCounter, [1, 0]).catch(() => undefined)
  })
  await assert.rejects(careless, /had failed/)
  assert.equal(await counterOf(db, 1), 0)
})

test('refuses a statement after its transaction', async () => {
  await using database = await testDatabase()
  const tx = await database.db.transaction(async (open) => open)
  assert.throws(() => tx.query(backend), /after its transaction/)
})

test('loses no increment to a serialization failure', async () => {
  await using database = await testDatabase()
  const { db } = database
  await withCounters(db)
  const met = Promise.withResolvers<void>()
  let attempts = 0
  const increment = () =>
    db.transaction(
      async (tx) => {
        attempts += 1
        const [row] = await tx.query(read(), [1])
        if (attempts === 3) met.resolve()
        await met.promise
        await tx.query(write(), [1, (row?.value ?? 0) + 1])
      },
      { isolation: 'serializable' },
    )
  await Promise.all([increment(), increment(), increment()])
  assert.equal(await counterOf(db, 1), 3)
  assert.ok(attempts > 3, 'all had read the same value, so some were run again')
})

test('runs a deadlocked transaction again', async () => {
  await using database = await testDatabase()
  const { db } = database
  await withCounters(db)
  const met = Promise.withResolvers<void>()
  let waiting = 0
  const addBoth = (first: number, second: number) =>
    db.transaction(async (tx) => {
      await tx.query(add(), [first])
      waiting += 1
      if (waiting === 2) met.resolve()
      await met.promise
      await tx.query(add(), [second])
    })
  await Promise.all([addBoth(1, 2), addBoth(2, 1)])
  assert.deepEqual([await counterOf(db, 1), await counterOf(db, 2)], [2, 2])
})

test('calls it busy when five attempts were not enough', async () => {
  await using database = await testDatabase()
  const raise = statement('test.raise', `do $$ begin raise exception using errcode = '40001'; end $$`)
  let attempts = 0
  const hopeless = database.db.transaction(async (tx) => {
    attempts += 1
    await tx.query(raise)
  })
  await assert.rejects(hopeless, { code: 'database.busy', kind: 'unavailable' })
  assert.equal(attempts, 5)
})

test('says unavailable when no server answers, and keeps the reason to itself', async () => {
  for (const url of ['postgres://u:secret@127.0.0.1:1/d', 'postgres://u:secret@%2Fnowhere:5432/d']) {
    await using db = openDatabase({ url })
    await assert.rejects(db.query(backend), (error: Error) => {
      assert.equal('code' in error && error.code, 'database.unavailable')
      assert.ok(error.cause instanceof Error)
      assert.ok(!error.message.includes('secret'))
      return true
    })
    await assert.rejects(
      db.transaction(async () => undefined),
      { code: 'database.unavailable' },
    )
    await assert.rejects(
      db.listen(
        'c',
        () => undefined,
        () => undefined,
      ),
      { code: 'database.unavailable' },
    )
  }
})

test('loses the statement under way with its connection, and no other', async () => {
  await using database = await testDatabase()
  const suicide = statement('test.suicide', 'select pg_terminate_backend(pg_backend_pid())')
  await assert.rejects(database.db.query(suicide), { code: 'database.unavailable' })
  await assert.rejects(
    database.db.transaction((tx) => tx.query(suicide)),
    { code: 'database.unavailable' },
  )
  assert.equal((await database.db.query(backend)).length, 1)
})

test('hears notices again after its connection was cut, and of the gap', async () => {
  await using database = await testDatabase()
  const { db } = database
  const heard = new EventTarget()
  const next = (name: string) => once(heard, name)
  await using _listening = await db.listen(
    'Some "channel"',
    (payload) => heard.dispatchEvent(new CustomEvent('notice', { detail: payload })),
    () => heard.dispatchEvent(new Event('gap')),
  )
  const notify = statement('test.notify', 'select pg_notify($1, $2)')
  const first = next('notice')
  await db.query(notify, ['Some "channel"', 'one'])
  assert.equal((await first)[0].detail, 'one')

  const gap = next('gap')
  await db.query(
    statement(
      'test.cut',
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    ),
  )
  await gap
  const second = next('notice')
  await db.query(notify, ['Some "channel"', 'two'])
  assert.equal((await second)[0].detail, 'two')
})

test('names its connections and bounds its statements', async () => {
  await using database = await testDatabase()
  await using db = openDatabase({ url: database.url, applicationName: 'portreeve test' })
  const settings = statement(
    'test.settings',
    `select current_setting('application_name') as name, current_setting('statement_timeout') as longest`,
  )
  assert.deepEqual(await db.query(settings), [{ name: 'portreeve test', longest: '30s' }])
})

test('leaves no connection behind when disposed, twice even', async () => {
  await using database = await testDatabase()
  const db = openDatabase({ url: database.url, applicationName: 'portreeve gone' })
  await db.query(backend)
  await db.listen(
    'c',
    () => undefined,
    () => undefined,
  )
  await Promise.all([db[Symbol.asyncDispose](), db[Symbol.asyncDispose]()])
  await db[Symbol.asyncDispose]()
  const client = new Client({ connectionString: database.url })
  await client.connect()
  for (let left = 1; left > 0; ) {
    const { rows } = await client.query(
      `select count(*)::int as n from pg_stat_activity where application_name = 'portreeve gone'`,
    )
    left = rows[0].n
  }
  await client.end()
})
