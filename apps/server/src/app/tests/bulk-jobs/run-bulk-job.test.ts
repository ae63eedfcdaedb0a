import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AppError } from '../../../kernel/errors.ts'
import { type BulkScene, startBulkScene } from '../../testing/bulk-scene.ts'

async function assertAllOnce(scene: BulkScene, job: string, count: number): Promise<void> {
  assert.deepEqual(await scene.treated(), Array(count).fill(1))
  const { state, total, done, changed, failed, finishedAt } = await scene.find(job)
  assert.deepEqual(
    { state, total, done, changed, failed },
    { state: 'Finished', total: count, done: count, changed: count, failed: 0 },
  )
  assert.equal(finishedAt?.getTime(), scene.clock.time)
}

test('treats everything once, also what comes in meanwhile', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(25)
  const job = await scene.order()
  let chunks = 0
  const onChunk = async () => {
    chunks += 1
    if (chunks === 2) await scene.addThings(25)
  }
  await scene.run(job, { onChunk })
  await assertAllOnce(scene, job, 50)
})

test('a job over nothing ends at once', async () => {
  await using scene = await startBulkScene()
  const job = await scene.order()
  await scene.run(job)
  await assertAllOnce(scene, job, 0)
})

test('goes on behind the last chunk that was committed when the database went away in the next', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(35)
  const job = await scene.order()
  const onChunk = async ({ items }: { readonly items: readonly number[] }) => {
    if (items.includes(11)) throw new AppError('database.unavailable', 'unavailable', 'It is away.')
  }
  await assert.rejects(scene.run(job, { onChunk }), { code: 'database.unavailable' })
  const { state, done, cursor } = await scene.find(job)
  assert.deepEqual({ state, done, cursor }, { state: 'InProgress', done: 10, cursor: 10 })
  await scene.run(job)
  await assertAllOnce(scene, job, 35)
})

for (const [what, to, code] of [
  ['is disabled', { enabled: false, flags: ['allow_modify_users'] }, 'bulk_job.orderer_gone'],
  ['loses the right to', { enabled: true, flags: [] }, 'access.flag_missing'],
] as const) {
  test(`stops before the next chunk when whoever ordered it ${what}`, async () => {
    await using scene = await startBulkScene()
    await scene.addThings(35)
    const job = await scene.order()
    await scene.run(job, { onChunk: ({ items }) => (items.includes(11) ? scene.changeOrderer(to) : Promise.resolve()) })
    const { state, done, error } = await scene.find(job)
    assert.deepEqual({ state, done, error: error?.code }, { state: 'Error', done: 20, error: code })
    assert.equal((await scene.treated()).filter((times) => times > 0).length, 20)
  })
}

test('leaves a job alone that another node is at', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(15)
  const job = await scene.order()
  let visits = 0
  const onChunk = async () => {
    visits += 1
    await scene.run(job, { onChunk: () => assert.fail('Both were at it.') })
  }
  await scene.run(job, { onChunk })
  assert.equal(visits, 2)
  await assertAllOnce(scene, job, 15)
})

test('two nodes that begin together treat everything once, one at a time', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(300)
  const job = await scene.order()
  let atIt = 0
  const onChunk = async () => {
    atIt += 1
    assert.equal(atIt, 1)
    await scene.find(job)
    atIt -= 1
  }
  await Promise.all([scene.run(job, { onChunk }), scene.run(job, { onChunk })])
  await assertAllOnce(scene, job, 300)
  assert.deepEqual(scene.failures, [])
})

test('reports the items that break their chunk, and treats all others', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(45)
  for (const id of [1, 17, 18, 45]) await scene.breakThing(id)
  const job = await scene.order()
  await scene.run(job)
  const broken = [1, 17, 18, 45]
  assert.deepEqual(
    await scene.failedItems(job),
    broken.map((id) => `${id} bulk_job.internal`),
  )
  const expected = Array.from({ length: 45 }, (_, index) => (broken.includes(index + 1) ? 0 : 1))
  assert.deepEqual(await scene.treated(), expected)
  const { state, done, changed, failed } = await scene.find(job)
  assert.deepEqual({ state, done, changed, failed }, { state: 'Finished', done: 45, changed: 41, failed: 4 })
  assert.equal(scene.failures.length, 4)
})

test('ends in error when its kind cannot go on, or is not known; what was done stays done', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(15)
  const job = await scene.order()
  const onChunk = async ({ items }: { readonly items: readonly number[] }) => {
    if (items.includes(11)) throw new AppError('thing.gone', 'not_found', 'It is gone.')
  }
  await scene.run(job, { onChunk })
  const { state, done, total, error } = await scene.find(job)
  assert.deepEqual({ state, done, total }, { state: 'Error', done: 10, total: 10 })
  assert.deepEqual(error, { code: 'thing.gone', message: 'It is gone.' })
  await scene.run(job, { onChunk: () => assert.fail('It had ended.') })
  const unknown = await scene.order('other')
  await scene.run(unknown)
  assert.equal((await scene.find(unknown)).error?.code, 'bulk_job.unknown_kind')
})

test('stops between two chunks when told, and is in the queue again', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(25)
  const job = await scene.order()
  const stopping = new AbortController()
  await scene.run(job, { stopping: stopping.signal, onChunk: async () => stopping.abort() })
  assert.equal((await scene.find(job)).done, 10)
  assert.deepEqual(scene.enqueued, [job, job])
  await scene.run(job)
  await assertAllOnce(scene, job, 25)
})

test('lets others have the worker when its turn is over', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(25)
  const job = await scene.order()
  const onChunk = async () => {
    scene.clock.time += 10_000
  }
  await scene.run(job, { onChunk })
  assert.equal((await scene.find(job)).done, 10)
  assert.deepEqual(scene.enqueued, [job, job])
})
