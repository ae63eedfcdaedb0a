import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ApiClient, type Fields, type Taken } from '../apps/server/src/app/testing/api-client.ts'
import { FORMATS } from '../apps/server/src/app/testing/wire-format.ts'
import { type ScratchServer, startScratchServer } from '../tools/scratch-server.ts'

const ASYNC = { prefer: 'respond-async' }
const FINISHED = ['COMPLETED', 'FAILED', 'ABORTED']

let server: ScratchServer
let api: ApiClient
before(async () => {
  server = await startScratchServer()
  api = new ApiClient(server)
})
after(() => server?.[Symbol.asyncDispose]())

function finished(client: ApiClient, { taskId }: Taken): Promise<Fields> {
  return client.until(taskId, ({ state = '' }) => FINISHED.includes(state))
}

for (const format of FORMATS) {
  test(`in ${format}: queued proposals come to their turn by themselves, in the order of their submission`, async () => {
    const client = api.in(format)
    const queued: Taken[] = []
    let parentTeam: string | undefined
    for (let depth = 0; depth < 30; depth += 1) {
      const team = { name: `${format} ${depth}`, parentTeam }
      const taken = await client.change('POST /api/teams', { team }, ASYNC)
      parentTeam = taken.entityId
      queued.push(taken)
    }
    const tasks = await Promise.all(queued.map((taken) => finished(client, taken)))
    assert.deepEqual(new Set(tasks.map(({ state }) => state)), new Set(['COMPLETED']))
    const revisions = tasks.map(({ revision }) => Number(revision))
    assert.deepEqual(
      revisions,
      revisions.toSorted((a, b) => a - b),
    )
    assert.equal((await client.get(`/api/teams/${parentTeam}`))['name'], `${format} 29`)
  })
}

test('queued and immediate proposals of many clients share one order without gaps', async () => {
  const taken = await Promise.all(
    Array.from({ length: 120 }, (_, index) =>
      api
        .in(FORMATS[index % 2] ?? 'json')
        .change('POST /api/teams', { team: { name: `mixed ${index}` } }, index % 3 === 0 ? ASYNC : {}),
    ),
  )
  const tasks = await Promise.all(taken.map((each) => finished(api, each)))
  const revisions = tasks.map(({ revision }) => Number(revision)).toSorted((a, b) => a - b)
  const [first = 0] = revisions
  assert.deepEqual(
    revisions,
    revisions.map((_, index) => first + index),
  )
})

test('a task that is aborted while its turn comes is either aborted or done, and says which', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 40 }, async (_, index) => {
      const taken = await api.change('POST /api/teams', { team: { name: `race ${index}` } }, ASYNC)
      const abort = await api.send(`PUT /api/task/${taken.taskId}/abort`)
      const { state } = await finished(api, taken)
      const { status } = await api.send(`GET /api/teams/${taken.entityId}`)
      return `${abort.status} ${state} ${status}`
    }),
  )
  for (const outcome of outcomes) assert.match(outcome, /^(204 ABORTED 404|409 COMPLETED 200)$/)
})

test('what was queued when the server was killed is done after its next start', async () => {
  const queued = await Promise.all(
    Array.from({ length: 40 }, (_, index) => api.change('POST /api/teams', { team: { name: `kept ${index}` } }, ASYNC)),
  )
  await server.kill('SIGKILL')
  await server.restart()
  for (const taken of queued) assert.equal((await finished(api, taken))['state'], 'COMPLETED')
})
