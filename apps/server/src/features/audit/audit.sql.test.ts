import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../platform/database/statement.ts'
import { testDatabase } from '../../platform/database/test-database.ts'
import { sqlAuditStore } from './audit.sql.ts'
import { type AuditEntry, SYSTEM_ACTOR } from './audit-entry.ts'

const LIST = statement<Record<string, unknown>>(
  'test.list-audit',
  `select organisation_id, at, actor_id, actor_name, via, action, object_type, object_id, details, request_id, task_id
   from audit_record order by id`,
)

const at = new Date('2026-01-01T00:00:00Z')
const ANN = '0190a6f0-0000-7000-8000-000000000001'
const TASK = '0190a6f0-0000-7000-8000-000000000002'

function entry(id: string): AuditEntry {
  return { organisation: null, at, actor: SYSTEM_ACTOR, action: 'team.create', object: { type: 'team', id } }
}

test('keeps all of an entry', async () => {
  await using database = await testDatabase()
  await sqlAuditStore(database.db).record({
    organisation: 1,
    at,
    actor: { id: ANN, name: 'ann', via: 'token' },
    action: 'team.create',
    object: { type: 'team', id: 't1' },
    details: { name: 'a "quoted" name, {with} braces', flags: ['x'], nothing: null },
    requestId: 'r1',
    taskId: TASK,
  })
  assert.deepEqual(await database.db.query(LIST), [
    {
      organisation_id: 1,
      at,
      actor_id: ANN,
      actor_name: 'ann',
      via: 'token',
      action: 'team.create',
      object_type: 'team',
      object_id: 't1',
      details: { name: 'a "quoted" name, {with} braces', flags: ['x'], nothing: null },
      request_id: 'r1',
      task_id: TASK,
    },
  ])
})

test('keeps the order of many entries, and takes none at all', async () => {
  await using database = await testDatabase()
  const ids = Array.from({ length: 1000 }, (_, index) => String(index))
  await sqlAuditStore(database.db).recordAll(ids.map(entry))
  await sqlAuditStore(database.db).recordAll([])
  const rows = await database.db.query(LIST)
  assert.deepEqual(
    rows.map(({ object_id }) => object_id),
    ids,
  )
})

test('keeps the same entry for each organisation, and none for none', async () => {
  await using database = await testDatabase()
  const { organisation: _, ...same } = entry('1')
  await sqlAuditStore(database.db).recordForEach([3, 1, 2], { ...same, details: { name: 'a' }, taskId: TASK })
  await sqlAuditStore(database.db).recordForEach([], same)
  const rows = await database.db.query(LIST)
  assert.deepEqual(
    rows.map(({ organisation_id, object_id, details, task_id }) => [organisation_id, object_id, details, task_id]),
    [3, 1, 2].map((organisation) => [organisation, '1', { name: 'a' }, TASK]),
  )
})

test('a record disappears with the transaction it was written in', async () => {
  await using database = await testDatabase()
  const work = database.db.transaction(async (tx) => {
    await sqlAuditStore(tx).record(entry('1'))
    throw new Error('changed my mind')
  })
  await assert.rejects(work, /changed my mind/)
  assert.deepEqual(await database.db.query(LIST), [])
})
