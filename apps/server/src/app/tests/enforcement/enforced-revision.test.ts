import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startModelServer } from '../../testing/model-server.ts'
import { makeRepository, makeTeam } from '../../testing/model-steps.ts'

test('enforces changes that touch no file as soon as nothing older waits, in whatever order they come', async () => {
  await using server = await startModelServer()
  const { root } = server
  const names = Array.from({ length: 30 }, (_, i) => `${i}`)
  await Promise.all(
    names.flatMap((name) => [makeTeam(root, `team ${name}`), makeRepository(root, `repository-${name}`)]),
  )
  await server.published()
  const { taskId } = await root.change('POST /api/teams', { team: { name: 'last' } })
  assert.equal((await root.get(`/api/task/${taskId}`))['enforced'], 'true')
  const { entries } = await root.list('/api/repositories?queryEnforced=true&pageSize=100')
  assert.equal(entries.length, 30)
})
