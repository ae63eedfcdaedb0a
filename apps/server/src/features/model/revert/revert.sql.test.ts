import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'
import { VERSIONED_TABLES } from './versioned-tables.ts'

const VERSIONED_COLUMNS = statement<{ table: string; columns: string }>(
  'test.versioned-columns',
  `select table_name::text as table, string_agg(column_name, ', ' order by ordinal_position) as columns
   from information_schema.columns
   where table_schema = 'public' and column_name not in ('since', 'until') and table_name in (
     select table_name from information_schema.columns where table_schema = 'public' and column_name = 'until')
   group by table_name`,
)

test('a way back goes over every table that has versions, with all its columns', async () => {
  await using database = await testDatabase()
  const known = VERSIONED_TABLES.map(({ table, columns }) => `${table}: ${columns}`)
  const present = (await database.db.query(VERSIONED_COLUMNS)).map(({ table, columns }) => `${table}: ${columns}`)
  assert.deepEqual(known.toSorted(), present.toSorted())
})
