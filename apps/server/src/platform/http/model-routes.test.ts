import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { ProposalKind } from '../../kernel/proposal.ts'
import { modelRoutes } from './model-routes.ts'
import { startSampleServer } from './testing/sample-server.ts'

const rename = { type: 'team.change', creates: false } as unknown as ProposalKind<unknown, unknown, string>

/** Where a server that is reached at `baseUrl` says that the task of a change is. */
async function locationBelow(baseUrl: string, taskId: string): Promise<string | null> {
  const model = modelRoutes({ submit: async () => ({ taskId, queued: false }), baseUrl })
  const route = model.change({
    name: 'renameTeam',
    method: 'PUT',
    url: '/api/teams',
    summary: 'Rename it',
    permission: 'anyone',
    kind: rename,
    input: () => 'new name',
  })
  await using api = await startSampleServer({ routes: [route], baseUrl })
  const answer = await api.fetch('/api/teams', { method: 'PUT' })
  assert.equal(answer.status, 202)
  return answer.headers.get('location')
}

test('the task of a change is below the path that the server is reached at', async () => {
  const task = randomUUID()
  assert.equal(await locationBelow('https://gate.example', task), `/api/task/${task}`)
  assert.equal(await locationBelow('https://gate.example/', task), `/api/task/${task}`)
  assert.equal(await locationBelow('https://gate.example/portreeve', task), `/portreeve/api/task/${task}`)
  assert.equal(await locationBelow('https://gate.example/portreeve/', task), `/portreeve/api/task/${task}`)
})
