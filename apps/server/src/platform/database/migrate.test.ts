import assert from 'node:assert/strict'
import { test } from 'node:test'
import { migrations } from '../../migrations/index.ts'
import { type Migration, migrate } from './migrate.ts'
import { statement } from './statement.ts'
import { testDatabase } from './test-database.ts'

const first: Migration = { name: '0001-first', sql: 'create table a (id int); insert into a values (1);' }
const second: Migration = { name: '0002-second', sql: 'alter table a add column note text' }
const readA = statement<{ id: number }>('migrate-test.read', 'select id from a')

test('runs each migration once, in order', async () => {
  await using database = await testDatabase({ empty: true })
  assert.deepEqual(await migrate(database, [first]), ['0001-first'])
  assert.deepEqual(await migrate(database, [first, second]), ['0002-second'])
  assert.deepEqual(await migrate(database, [first, second]), [])
  assert.deepEqual(await database.db.query(readA), [{ id: 1 }])
})

test('lets nodes that start together take turns', async () => {
  await using database = await testDatabase({ empty: true })
  const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(database, [first, second])))
  assert.deepEqual(ran.flat().sort(), ['0001-first', '0002-second'])
})

test('leaves the database as it was when a migration fails, and goes on once it is mended', async () => {
  await using database = await testDatabase({ empty: true })
  const broken: Migration = { name: '0002-second', sql: 'insert into a values (2); select nothing from nowhere' }
  await assert.rejects(migrate(database, [first, broken]), /0002-second failed/)
  assert.deepEqual(await database.db.query(readA), [{ id: 1 }])
  assert.deepEqual(await migrate(database, [first, second]), ['0002-second'])
})

test('refuses a migration that was edited after it had been applied', async () => {
  await using database = await testDatabase({ empty: true })
  await migrate(database, [first])
  await assert.rejects(migrate(database, [{ ...first, sql: 'create table a (id text)' }]), {
    code: 'migration.changed',
  })
})

test('refuses a database that a newer version has migrated', async () => {
  await using database = await testDatabase({ empty: true })
  await migrate(database, [first, second])
  await assert.rejects(migrate(database, [first]), { code: 'migration.unknown', message: /0002-second/ })
})

test('refuses names that are out of order or malformed', async () => {
  const nowhere = { url: 'postgres://nobody@127.0.0.1:1/none' }
  for (const list of [[second, first], [first, first], [{ name: 'first', sql: '' }]]) {
    await assert.rejects(migrate(nowhere, list), /misnamed or out of order/)
  }
})

test('says unavailable when there is no server', async () => {
  await assert.rejects(migrate({ url: 'postgres://nobody@127.0.0.1:1/none' }, []), { code: 'database.unavailable' })
})

test('lists every file of the migrations folder', async () => {
  const { readdir } = await import('node:fs/promises')
  const files = await readdir(new URL('../../migrations/', import.meta.url))
  const named = files.filter((file) => /^\d{4}-/.test(file) && !file.endsWith('.test.ts'))
  assert.deepEqual(
    named.sort(),
    migrations.map(({ name }) => `${name}.ts`),
  )
})
