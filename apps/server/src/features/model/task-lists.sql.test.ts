import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Connection } from '../../platform/database/database.ts'
import { PagedLists } from '../../platform/database/paged-list.ts'
import { statement } from '../../platform/database/statement.ts'
import { type TestDatabase, testDatabase } from '../../platform/database/test-database.ts'
import { sqlTaskReadModel } from './task-lists.sql.ts'
import type { TaskQuery } from './task-store.ts'

// As in life: nearly all are completed, and some kinds are far more frequent than others.
const FILL = statement(
  'test.fill-tasks',
  `insert into task (id, organisation_id, type, state, submitted_by, submitted_by_name, submitted_via, submitted_at)
   select gen_random_uuid(), 1, case when n % 5000 = 7 then 'team.sync' when n % 3 = 0 then 'rule.change' else 'user.create' end,
          case when n % 5000 = 9 then 'FAILED' else 'COMPLETED' end,
          case when n % 5000 = 11 then gen_random_uuid() else $1::uuid end, 'someone', 'token', now()
   from generate_series(1, 20000) n`,
)
const ANALYZE = statement('test.analyze-tasks', 'analyze task')

describe('a page of a list of tasks', () => {
  let database: TestDatabase
  before(async () => {
    database = await testDatabase()
    await database.db.query(FILL, [randomUUID()])
    await database.db.query(ANALYZE)
  })
  after(() => database[Symbol.asyncDispose]())

  /** How the database reads a page whatever the values are, in lines. */
  async function planOf(query: Partial<TaskQuery>): Promise<string> {
    const texts: string[] = []
    const { db } = database
    const listening: Pick<Connection, 'query'> = {
      query: (asked, values) => {
        texts.push(asked.text)
        return db.query(asked, values)
      },
    }
    const lists = new PagedLists(listening as Connection)
    const narrowed = { submitter: undefined, state: undefined, type: undefined, ...query }
    await sqlTaskReadModel(lists).list({ organisation: 1, pageNumber: 1, pageSize: 20, ...narrowed })
    const text = texts.find((each) => each.includes(' offset '))
    const rows = await db.query<{ 'QUERY PLAN': string }>({ name: '', text: `explain (generic_plan) ${text}` }, [])
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }

  for (const [query, index] of [
    [{}, 'task_by_time'],
    [{ state: 'COMPLETED' }, 'task_by_time'],
    [{ state: 'FAILED' }, 'task_not_completed'],
    [{ type: 'team.sync' }, 'task_by_type'],
    [{ submitter: '5b0e6d0e-0000-4000-8000-000000000000' }, 'task_by_submitter'],
  ] as const) {
    test(`is read from the index ${index}, in its order, for ${JSON.stringify(query)}`, async () => {
      const plan = await planOf(query)
      assert.match(plan, new RegExp(`Index Scan Backward using ${index} on task`), plan)
      assert.doesNotMatch(plan, /Seq Scan on task|Sort Key.*\n.*Index Scan using/, plan)
    })
  }
})
