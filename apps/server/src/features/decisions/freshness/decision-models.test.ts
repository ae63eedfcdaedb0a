import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as immediate } from 'node:timers/promises'
import type { ModelChanges, ModelFacts } from '../model-facts.ts'
import { DecisionModels } from './decision-models.ts'
import type { ModelSource, ReadAt } from './model-source.ts'

const NOTHING: ModelFacts = { users: [], teams: [], rules: [], repositories: [], permissions: [], members: [] }

function usersMade(at: number): ModelChanges {
  const none = { made: [], gone: [] }
  const users = [{ id: `user${at}`, username: `user ${at}`, enabled: true }]
  return { users, repositories: [], teams: none, rules: none, permissions: none, members: [] }
}

/** A database of which each revision makes one user, and a clock that waiting alone moves. */
function place() {
  const reads: string[] = []
  const now = { head: 5, enforced: 5, lineage: 'a', ms: 0, isAway: false, isLogKnown: true }
  const readAt = (): ReadAt => {
    const { head, enforced, lineage } = now
    return { head, enforced, lineage, organisationEnabled: true, unseenFrom: '1' }
  }
  const source: ModelSource = {
    async readFacts(organisation, state) {
      reads.push(`all of ${organisation} ${state}`)
      if (now.isAway) throw new Error('away')
      return { at: readAt(), facts: NOTHING }
    },
    async readChanges(organisation, state, before) {
      reads.push(`changes of ${organisation} ${state} since ${before.head}`)
      if (now.isAway) throw new Error('away')
      return now.isLogKnown ? { at: readAt(), changes: usersMade(now.head) } : undefined
    },
    async readPositions(organisations) {
      reads.push(`positions of ${organisations.join(' ')}`)
      return new Map(organisations.map((organisation) => [organisation, readAt()]))
    },
  }
  const failures: unknown[] = []
  const readings: string[] = []
  const models = new DecisionModels({
    source,
    mostParts: 150,
    monotonicMs: () => now.ms,
    breathe: immediate,
    pause: async (forMs) => {
      now.ms += forMs
      await immediate()
    },
    onFailure: (_organisation, error) => failures.push(error),
    onRead: ({ by }) => readings.push(by),
  })
  const position = () => ({ head: now.head, enforced: now.enforced, lineage: now.lineage })
  const get = (state: 'enforced' | 'pending' = 'enforced', organisation = 1) =>
    models.get({ organisation, state, position: position() })
  return { reads, readings, now, models, failures, position, get }
}

test('a model is read once for all who ask, and again by what changed as soon as somebody knows of a change', async () => {
  const { reads, now, get } = place()
  const first = await Promise.all([get(), get(), get()])
  assert.deepEqual(reads, ['all of 1 enforced'])
  assert.deepEqual(
    first.map(({ revision }) => revision),
    [5, 5, 5],
  )
  await get()
  assert.equal(reads.length, 1)
  now.head = 6
  now.enforced = 6
  const [{ model, revision }] = await Promise.all([get(), get()])
  assert.equal(revision, 6)
  assert.equal(model.findUserNamed('user 6')?.id, 'user6')
  assert.deepEqual(reads.slice(1), ['changes of 1 enforced since 5'])
})

test('a reading that began before the caller’s position was known is followed by one that knows it', async () => {
  const { reads, now, models, get } = place()
  await get()
  now.head = 6
  now.enforced = 6
  const early = get()
  // The reading under way has seen revision 6; this caller knows of 7.
  now.head = 7
  now.enforced = 7
  const late = await get()
  await early
  assert.equal(late.revision, 7)
  assert.deepEqual(reads.slice(1), ['changes of 1 enforced since 5', 'changes of 1 enforced since 6'])
  assert.ok(models)
})

test('each state is a model of its own: the pending one is ahead', async () => {
  const { now, get } = place()
  now.head = 8
  assert.equal((await get('enforced')).revision, 5)
  assert.equal((await get('pending')).revision, 8)
})

test('what changed too long ago to be known, or in another database, is read from nothing', async () => {
  const { reads, now, get } = place()
  await get()
  Object.assign(now, { head: 6, enforced: 6, isLogKnown: false })
  await get()
  Object.assign(now, { head: 2, enforced: 2, lineage: 'b' })
  assert.equal((await get()).revision, 2)
  assert.deepEqual(
    reads.filter((read) => read.startsWith('all')),
    ['all of 1 enforced', 'all of 1 enforced', 'all of 1 enforced'],
  )
})

test('while it cannot be read nobody gets an old answer, and the next who asks reads again', async () => {
  const { now, get } = place()
  await get()
  Object.assign(now, { head: 6, enforced: 6, isAway: true })
  await assert.rejects(get(), /away/)
  now.isAway = false
  assert.equal((await get()).revision, 6)
})

test('a revision is waited for until it is reached, or the wait is over', async () => {
  const { now, models, position } = place()
  const { signal } = new AbortController()
  const ask = (atLeastRevision: number) =>
    models.get({ organisation: 1, state: 'enforced', position: position(), wait: { atLeastRevision, signal } })
  assert.equal((await ask(5)).revision, 5)
  assert.equal(now.ms, 0)
  const waiting = ask(6)
  now.enforced = 6
  now.head = 6
  assert.equal((await waiting).revision, 6)
  await assert.rejects(ask(7), { code: 'access_model.not_reached', message: /at revision 6 and did not reach 7/ })
  assert.ok(now.ms >= 5000)
})

test('those who wait for a revision look together, and whoever goes away waits no longer', async () => {
  const { reads, now, models, get, position } = place()
  await get()
  const clients = Array.from({ length: 10 }, () => new AbortController())
  const settled = Promise.allSettled(
    clients.map(({ signal }) =>
      models.get({ organisation: 1, state: 'enforced', position: position(), wait: { atLeastRevision: 9, signal } }),
    ),
  )
  while (reads.length < 4) await immediate()
  for (const client of clients) client.abort()
  const outcomes = await settled
  assert.ok(outcomes.every(({ status }) => status === 'rejected'))
  const looks = reads.length
  for (let n = 0; n < 100; n += 1) await immediate()
  assert.ok(reads.length <= looks + 1, 'nobody looks any more')
  assert.ok(now.ms <= 50 * looks, `${now.ms / 50} pauses for ${looks} readings`)
})

test('models asked longest ago go when they are too much together, however little is in each', async () => {
  const { reads, get } = place()
  for (const organisation of [1, 2, 1, 3]) await get('enforced', organisation)
  reads.length = 0
  for (const organisation of [3, 1, 2]) await get('enforced', organisation)
  assert.deepEqual(reads, ['all of 2 enforced'])
})

test('looking after models reads those that are behind, and forgets pending ones that nobody asks', async () => {
  const { reads, now, models, get } = place()
  await models.look()
  assert.deepEqual(reads, [])
  await get('enforced')
  await get('pending', 2)
  now.head = 6
  reads.length = 0
  await models.look()
  assert.deepEqual(reads, ['positions of 1 2', 'changes of 1 enforced since 5', 'changes of 2 pending since 5'])
  await immediate()
  now.ms += 3_600_000
  reads.length = 0
  await models.look()
  await get('pending', 2)
  assert.deepEqual(reads, ['positions of 1', 'all of 2 pending'])
})

test('a change that is told of is read before anybody asks; one that cannot be read is told of', async () => {
  const { reads, now, models, failures, get } = place()
  await get()
  Object.assign(now, { head: 6, enforced: 6 })
  models.notice(1)
  models.notice(9)
  await immediate()
  await get()
  assert.deepEqual(reads, ['all of 1 enforced', 'changes of 1 enforced since 5'])
  now.isAway = true
  models.notice(1)
  await immediate()
  assert.equal(failures.length, 1)
})
