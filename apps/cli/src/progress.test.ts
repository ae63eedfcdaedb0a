import assert from 'node:assert/strict'
import { test } from 'node:test'
import { showProgress } from './progress.ts'

function collect(isTTY: boolean) {
  const written: string[] = []
  const stream = { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 }
  return { progress: showProgress(stream), written }
}

test('a log gets one line a step, without control characters', async () => {
  const { progress, written } = collect(false)
  await progress.during({ name: 'users', total: 2 }, async (advance) => {
    advance()
    advance()
  })
  assert.equal(written.length, 1)
  assert.match(written[0] ?? '', /^users: 2 in \d+\.\d s\n$/)
})

test('a step without items says nothing and does nothing', async () => {
  const { progress, written } = collect(true)
  await progress.during({ name: 'users', total: 0 }, () => Promise.reject(new Error('not to be run')))
  assert.deepEqual(written, [])
})

test('a step that fails is not reported as done', async () => {
  const { progress, written } = collect(false)
  const work = progress.during({ name: 'users', total: 1 }, () => Promise.reject(new Error('refused')))
  await assert.rejects(work, /refused/)
  assert.deepEqual(written, [])
})
