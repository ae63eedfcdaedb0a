import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Connection } from '../../platform/database/database.ts'
import { PagedLists } from '../../platform/database/paged-list.ts'
import { statement } from '../../platform/database/statement.ts'
import { type TestDatabase, testDatabase } from '../../platform/database/test-database.ts'
import type { UserFilter } from './user-store.ts'
import { sqlUserReadModel } from './users.sql.ts'

// As in life: nearly all are plain users, and enabled.
const FILL = statement(
  'test.fill-users',
  `insert into app_user (id, organisation_id, username, email, display_name, enabled, role)
   select gen_random_uuid(), 1, 'u' || md5(n::text), 'mail' || n || '@example.org', 'Ann ' || md5('n' || n), n % 500 <> 3,
          case when n % 1000 = 5 then 'admin' else 'user' end
   from generate_series(1, 50000) n`,
)
const ANALYZE = statement('test.analyze-users', 'analyze app_user')

interface Asked {
  readonly text: string
  readonly values: readonly unknown[]
}

describe('a page of the list of users', () => {
  let database: TestDatabase
  before(async () => {
    database = await testDatabase()
    await database.db.query(FILL)
    await database.db.query(ANALYZE)
  })
  after(() => database[Symbol.asyncDispose]())

  /** How the database reads the page and its total, in lines. */
  async function plansOf(filter: UserFilter): Promise<readonly string[]> {
    const asked: Asked[] = []
    const { db } = database
    const listening: Pick<Connection, 'query'> = {
      query: (statement, values = []) => {
        asked.push({ text: statement.text, values })
        return db.query(statement, values)
      },
    }
    const lists = new PagedLists(listening as Connection)
    const request = { pageNumber: 1, pageSize: 25, sort: { field: 'username', ascending: true }, search: [] }
    await sqlUserReadModel(db, lists).list({ organisation: 1, state: 'head', version: '1' }, request, filter)
    assert.equal(asked.length, 2)
    return await Promise.all(
      asked.map(async ({ text, values }) => {
        const rows = await db.query<{ 'QUERY PLAN': string }>({ name: '', text: `explain ${text}` }, values)
        return rows.map((row) => row['QUERY PLAN']).join('\n')
      }),
    )
  }

  for (const [filter, index] of [
    [{ search: 'mail7777@' }, 'app_user_search'],
    [{ search: 'uabcde' }, 'app_user_search'],
    [{ role: 'admin' }, 'app_user_admins'],
    [{ role: 'superadmin', enabled: true }, 'app_user_superadmins'],
    [{ enabled: false }, 'app_user_disabled'],
    [{ role: 'admin', search: 'ann' }, 'app_user_admins'],
  ] as const) {
    test(`is found by the index ${index} for ${JSON.stringify(filter)}, and so is its total`, async () => {
      for (const plan of await plansOf(filter)) {
        assert.match(plan, new RegExp(index), plan)
        assert.doesNotMatch(plan, /Seq Scan on app_user/, plan)
      }
    })
  }

  test('is read in order, as far as it goes, where most match', async () => {
    for (const filter of [{ search: 'ann' }, { role: 'user' }, { enabled: true }] as const) {
      const plans = await plansOf(filter)
      assert.ok(
        plans.some((plan) => /Limit[\s\S]*Index Scan using app_user_organisation_id_username_key/.test(plan)),
        plans.join('\n'),
      )
    }
  })
})
