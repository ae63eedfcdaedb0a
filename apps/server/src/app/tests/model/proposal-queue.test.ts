import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sqlAuditStore } from '../../../features/audit/audit.sql.ts'
import { ProposalQueue } from '../../../features/model/index.ts'
import { sqlAgreedOrder } from '../../../features/model/model.sql.ts'
import { sqlTaskStore } from '../../../features/model/tasks.sql.ts'
import { systemClock } from '../../../kernel/clock.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import type { Principal } from '../../../kernel/principal.ts'
import type { ProposalKind } from '../../../kernel/proposal.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { testDatabase } from '../../../platform/database/test-database.ts'
import { uuidSource } from '../../../platform/id-source.ts'

const PUT = statement('test.put-note', 'insert into note (text) values ($1)')
const TEXTS = statement<{ text: string }>('test.list-notes', 'select text from note order by position')
const MAKE = statement('test.make-notes', 'create table note (position serial, text text unique)')
const POSITION = statement<{ head: number; enforced: number }>(
  'test.read-position',
  'select head, enforced from organisation_model where organisation_id = 1',
)
const ADD_SUBMITTER = statement(
  'test.add-submitter',
  "insert into app_user (id, organisation_id, username, role) values ($1, 1, 'submitter', 'admin')",
)
const DISABLE = statement('test.disable-submitter', 'update app_user set enabled = false where id = $1')

interface Reads {
  texts(): Promise<string[]>
}
interface Writes {
  put(text: string): Promise<void>
}

const noteErrors = defineErrors('test_note', {
  taken: { kind: 'invalid', message: (text: string) => `There is a note "${text}" already.` },
})

/** Refuses a text that is there; with `careless` it does not look, and the database refuses when it writes. */
const putNote: ProposalKind<Reads, Writes, { text: string; careless?: boolean }> = {
  type: 'note.put',
  creates: true,
  async check(reads, { entityId }, { text, careless = false }) {
    if (!careless && (await reads.texts()).includes(text)) throw noteErrors.taken(text)
    return { object: { type: 'note', id: entityId }, touches: [], write: (writes) => writes.put(text) }
  },
}

const caller: Principal = {
  userId: '01a204c2-0000-7000-8000-000000000001',
  username: 'submitter',
  role: 'admin',
  flags: new Set(),
  homeOrganisation: 1,
  organisation: 1,
  via: 'token',
}

async function startQueue() {
  const { db, ...test } = await testDatabase()
  await db.query(MAKE)
  await db.query(ADD_SUBMITTER, [caller.userId])
  let turns = 0
  const readsOn = (tx: Connection): Reads => ({
    texts: async () => (await tx.query(TEXTS)).map(({ text }) => text),
  })
  const order = sqlAgreedOrder<Reads, Writes>({
    database: db,
    bindReads: readsOn,
    bindWrites: (tx) => ({ put: async (text) => void (await tx.query(PUT, [text])) }),
    bindAudit: sqlAuditStore,
    wakeQueue: async () => undefined,
  })
  const queue = new ProposalQueue<Reads, Writes>({
    order: {
      inTurn: (organisation, work) => {
        turns += 1
        return order.inTurn(organisation, work)
      },
    },
    kinds: new Map([[putNote.type, putNote as ProposalKind<Reads, Writes, unknown>]]),
    ids: uuidSource,
    clock: systemClock,
    onTouched: () => undefined,
  })
  const put = (text: string, { careless = false, respondAsync = false } = {}) =>
    queue.submit(putNote, { caller, requestId: 'r', respondAsync, input: { text, careless } })
  return {
    db,
    queue,
    put,
    texts: () => readsOn(db).texts(),
    turns: () => turns,
    find: (taskId: string) => sqlTaskStore(db).find(1, taskId),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  }
}

test('commits what arrives together in few transactions, each a revision of its own in the order of arrival', async () => {
  await using site = await startQueue()
  const wanted = Array.from({ length: 100 }, (_, i) => `note ${i}`)
  const accepted = await Promise.all(wanted.map((text) => site.put(text)))
  assert.deepEqual(await site.texts(), wanted)
  const tasks = await Promise.all(accepted.map(({ taskId }) => site.find(taskId)))
  assert.deepEqual(
    tasks.map((task) => task?.revision),
    wanted.map((_, i) => i + 1),
  )
  assert.deepEqual(await site.db.query(POSITION), [{ head: 100, enforced: 100 }])
  assert.ok(site.turns() <= 5, `${site.turns()} transactions`)
})

test('refuses one of a group without harm to the others, on the model as those before it left it', async () => {
  await using site = await startQueue()
  const outcomes = await Promise.allSettled(['a', 'b', 'a', 'c'].map((text) => site.put(text)))
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(await site.texts(), ['a', 'b', 'c'])
  assert.deepEqual(await site.db.query(POSITION), [{ head: 3, enforced: 3 }])
})

test('gives each of a group its own answer when one of them breaks the transaction', async () => {
  await using site = await startQueue()
  const outcomes = await Promise.allSettled([
    site.put('a'),
    site.put('b'),
    site.put('a', { careless: true }),
    site.put('c'),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(await site.texts(), ['a', 'b', 'c'])
})

test('looks at queued proposals before later ones', async () => {
  await using site = await startQueue()
  const queued = [await site.put('first', { respondAsync: true }), await site.put('second', { respondAsync: true })]
  assert.deepEqual(await site.texts(), [])
  await site.put('third')
  assert.deepEqual(await site.texts(), ['first', 'second', 'third'])
  for (const { taskId, entityId } of queued) {
    const task = await site.find(taskId)
    assert.equal(task?.state, 'COMPLETED')
    assert.equal(task?.entityId, entityId)
  }
})

test('ends a queued proposal that breaks as failed, and goes on with the others', async () => {
  await using site = await startQueue()
  await site.put('a')
  const broken = await site.put('a', { respondAsync: true, careless: true })
  const after = await site.put('b', { respondAsync: true })
  await site.queue.drain(1)
  const task = await site.find(broken.taskId)
  assert.equal(task?.state, 'FAILED')
  assert.equal(task?.error?.code, 'queue.internal')
  assert.equal((await site.find(after.taskId))?.state, 'COMPLETED')
})

test('refuses a hopeless proposal at submission, but not one that may build on what waits', async () => {
  await using site = await startQueue()
  await site.put('a')
  await assert.rejects(site.put('a', { respondAsync: true }), { code: 'test_note.taken' })
  await site.put('b', { respondAsync: true })
  const later = await site.put('a', { respondAsync: true })
  await site.queue.drain(1)
  const task = await site.find(later.taskId)
  assert.deepEqual([task?.state, task?.error?.code], ['FAILED', 'test_note.taken'])
})

test('fails what a submitter queued who has been disabled since', async () => {
  await using site = await startQueue()
  const queued = await site.put('a', { respondAsync: true })
  await site.db.query(DISABLE, [caller.userId])
  await site.queue.drain(1)
  const task = await site.find(queued.taskId)
  assert.deepEqual([task?.state, task?.error?.code], ['FAILED', 'queue.submitter_gone'])
  assert.deepEqual(await site.texts(), [])
})
