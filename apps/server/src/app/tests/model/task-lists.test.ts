import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiClient, Fields } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { appoint, makeTeam } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const ASYNC = { prefer: 'respond-async' }

function idsOf(entries: readonly Fields[]): readonly (string | undefined)[] {
  return entries.map(({ id }) => id)
}

async function addTeam(api: ApiClient, name: string): Promise<string> {
  return (await api.change('POST /api/teams', { team: { name } })).taskId
}

/** One task in each state that a task can be left in, the newest first. */
async function leaveOneInEachState({ root, drain }: ModelServer) {
  const completed = await addTeam(root, 'first')
  const { taskId: outOfSight } = await root.change('POST /api/users', { user: { username: 'ann' } }, ASYNC)
  const { taskId: failed } = await root.change('POST /api/users', { user: { username: 'ann' } }, ASYNC)
  await drain()
  await hide(root, outOfSight)
  const { taskId: aborted } = await root.change('POST /api/teams', { team: { name: 'second' } }, ASYNC)
  await root.send(`PUT /api/task/${aborted}/abort`)
  const { taskId: pending } = await root.change('POST /api/users', { user: { username: 'bob' } }, ASYNC)
  return { pending, aborted, failed, completed }
}

async function hide(api: ApiClient, task: string): Promise<void> {
  assert.equal((await api.send(`DELETE /api/task/${task}`)).status, 204)
}

for (const format of FORMATS) {
  test(`in ${format}: tasks are listed newest first, as each is told by itself, without those out of sight`, async () => {
    await using server = await startModelServer()
    const left = await leaveOneInEachState(server)
    const api = server.root.in(format)
    const { total, entries } = await api.list('/api/task')
    assert.deepEqual([total, idsOf(entries)], [4, Object.values(left)])
    for (const entry of entries) assert.deepEqual(entry, await api.get(`/api/task/${entry['id']}`))
    assert.equal(entries.at(-1)?.['summary'], 'team first: create')
  })

  test(`in ${format}: a list of tasks is narrowed by state and kind, and paged`, async () => {
    await using server = await startModelServer()
    const { pending, aborted, failed, completed } = await leaveOneInEachState(server)
    const api = server.root.in(format)
    const listed = async (query: string) => idsOf((await api.list(`/api/task?${query}`)).entries)
    assert.deepEqual(await listed('state=PENDING'), [pending])
    assert.deepEqual(await listed('state=ABORTED'), [aborted])
    assert.deepEqual(await listed('state=FAILED'), [failed])
    assert.deepEqual(await listed('state=COMPLETED'), [completed])
    assert.deepEqual(await listed('state=RUNNING'), [])
    assert.deepEqual(await listed('type=team.create'), [aborted, completed])
    assert.deepEqual(await listed('type=team.create&state=ABORTED'), [aborted])
    assert.deepEqual(await listed('type=team'), [])
    const second = await api.list('/api/task?pageSize=3&pageNumber=2')
    assert.deepEqual([second.total, idsOf(second.entries)], [4, [completed]])
    const trimmed = await api.list('/api/task?pageSize=1&fieldList=id,state')
    assert.deepEqual(trimmed.entries, [{ id: pending, state: 'PENDING' }])
  })

  test(`in ${format}: what a list of tasks cannot be asked names the parameter`, async () => {
    await using server = await startModelServer()
    for (const [query, code] of [
      ['state=DONE', 'request.invalid'],
      ['pageSize=0', 'request.invalid'],
      ['fieldList=nope', 'list.unknown_field'],
    ] as const) {
      const reply = await server.root.in(format).send(`GET /api/task?${query}`)
      assert.deepEqual([reply.status, (reply.content as Fields)['code']], [400, code], query)
      assert.match((reply.content as Fields)['message'] ?? '', new RegExp(`^${query.split('=')[0]}\\b`))
    }
  })
}

test('who is no admin sees what they submitted alone, every admin all of their organisation', async () => {
  await using server = await startModelServer()
  const team = await makeTeam(server.root, 'team')
  const leader = await server.signIn()
  assert.deepEqual(await leader.list('/api/task'), { total: 0, entries: [] })
  await appoint(server.root, { team, user: leader.userId, flags: ['manageTeam'] })
  const { taskId } = await leader.change(`PUT /api/teams/${team}`, { team: { name: 'renamed' } })
  assert.deepEqual(idsOf((await leader.list('/api/task')).entries), [taskId])
  assert.deepEqual(idsOf((await leader.list('/api/task?type=team.change&state=COMPLETED')).entries), [taskId])
  assert.deepEqual((await leader.list('/api/task?type=team.create')).entries, [])
  const flagless = await server.signIn({ role: 'admin' })
  assert.equal((await flagless.list('/api/task')).total, 3)
})

test('tasks of another organisation are in the list of whoever acts in that one', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ours = await addTeam(root, 'ours')
  const made = await root.sendText('POST /v1/admin/organisations/', '{"name":"two"}', {
    'content-type': 'application/json',
  })
  const organisation = Number((made.content as Fields)['organisation_id'])
  const admin = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'], organisation })
  const theirs = await addTeam(admin, 'theirs')
  assert.deepEqual(idsOf((await admin.list('/api/task')).entries), [theirs])
  assert.deepEqual(idsOf((await root.list('/api/task')).entries), [ours])
  assert.deepEqual(idsOf((await root.list(`/api/task?organisation=${organisation}`)).entries), [theirs])
  assert.equal(await admin.problem('GET /api/task?organisation=1'), '403 organisation.other')
})
