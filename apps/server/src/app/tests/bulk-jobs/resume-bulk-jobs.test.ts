import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startBulkScene } from '../../testing/bulk-scene.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('has those run again that made no progress lately, that have not ended, and that nobody is at', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(15)
  const ended = await scene.order()
  await scene.run(ended)
  const idle = await scene.order()
  scene.clock.time += 30_000
  const recent = await scene.order()
  const held = await scene.order()
  scene.enqueued.length = 0
  await scene.resume(30_000)
  assert.deepEqual(scene.enqueued, [idle])
  scene.enqueued.length = 0
  await scene.run(held, { onChunk: () => scene.resume(0) })
  assert.deepEqual(new Set(scene.enqueued), new Set([idle, recent]))
})

test('forgets what ended more than 30 days ago, with its results, and nothing that is still to be done', async () => {
  await using scene = await startBulkScene()
  await scene.addThings(1)
  await scene.breakThing(1)
  const [old, undone] = [await scene.order(), await scene.order()]
  await scene.run(old)
  scene.clock.time += 30 * DAY_MS
  await scene.forget()
  assert.equal((await scene.find(old)).failed, 1)
  const young = await scene.order()
  await scene.run(young)
  scene.clock.time += 1
  await scene.forget()
  await assert.rejects(scene.find(old), /gone/)
  assert.deepEqual(await scene.failedItems(old), [])
  assert.equal((await scene.find(undone)).state, 'InProgress')
  assert.equal((await scene.find(young)).failed, 1)
})
