import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient, Fields, Taken } from '../../testing/api-client.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { join, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { type Body, FORMATS } from '../../testing/wire-format.ts'

// In these tests the queue is looked at when a test says so: see ModelServer.drain.
const ASYNC = { prefer: 'respond-async' }

function queue(api: ApiClient, operation: string, body?: Body): Promise<Taken> {
  return api.change(operation, body, ASYNC)
}

function taskOf(api: ApiClient, { taskId }: Taken): Promise<Fields> {
  return api.get(`/api/task/${taskId}`)
}

async function teamNames(api: ApiClient): Promise<(string | undefined)[]> {
  return (await api.list('/api/teams')).entries.map(({ name }) => name)
}

for (const format of FORMATS) {
  test(`in ${format}: a queued proposal is pending until its turn comes, then done like any other`, async () => {
    await using server = await startModelServer()
    const api = server.root.in(format)
    const reply = await api.send('POST /api/teams', { team: { name: 'core' } }, ASYNC)
    assert.equal(reply.status, 202)
    assert.equal(reply.headers.get('preference-applied'), 'respond-async')
    assert.equal(reply.headers.get('location'), `/api/task/${reply.content}`)
    const taken = { taskId: String(reply.content), entityId: reply.headers.get('x-entity-id') ?? '' }
    const pending = await taskOf(api, taken)
    assert.equal(pending['state'], 'PENDING')
    assert.equal(pending['type'], 'team.create')
    assert.equal(pending['entityId'], taken.entityId)
    assert.equal(pending['enforced'], 'false')
    assert.equal(pending['revision'], undefined)
    assert.equal(pending['finishedAt'], undefined)
    assert.equal(await api.problem(`GET /api/teams/${taken.entityId}`), '404 team.not_found')
    await server.drain()
    const done = await taskOf(api, taken)
    assert.equal(done['state'], 'COMPLETED')
    assert.equal(done['revision'], '1')
    assert.match(done['finishedAt'] ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    assert.equal((await api.get(`/api/teams/${taken.entityId}`))['name'], 'core')
    assert.deepEqual(await api.get(`/api/dcone/task/${taken.taskId}`), done)
  })

  test(`in ${format}: a pending task can be aborted, and is then never run`, async () => {
    await using server = await startModelServer()
    const api = server.root.in(format)
    const first = await queue(api, 'POST /api/teams', { team: { name: 'first' } })
    const second = await queue(api, 'POST /api/teams', { team: { name: 'second' } })
    assert.equal(await api.problem(`DELETE /api/task/${first.taskId}`), '409 task.pending')
    assert.equal((await api.send(`PUT /api/task/${first.taskId}/abort`)).status, 204)
    await server.drain()
    assert.equal((await taskOf(api, first))['state'], 'ABORTED')
    assert.equal((await taskOf(api, second))['revision'], '1')
    assert.deepEqual(await teamNames(api), ['second'])
    for (const { taskId } of [first, second]) {
      assert.equal(await api.problem(`PUT /api/task/${taskId}/abort`), '409 task.finished')
    }
  })

  test(`in ${format}: a finished task can be deleted, a pending one only by force, which aborts it`, async () => {
    await using server = await startModelServer()
    const api = server.root.in(format)
    const done = await api.change('POST /api/teams', { team: { name: 'done' } })
    assert.equal((await api.send(`DELETE /api/task/${done.taskId}`)).status, 204)
    assert.equal(await api.problem(`GET /api/task/${done.taskId}`), '404 task.not_found')
    const pending = await queue(api, 'POST /api/teams', { team: { name: 'pending' } })
    assert.equal((await api.send(`DELETE /api/dcone/task/${pending.taskId}/force`)).status, 204)
    assert.equal(await api.problem(`GET /api/task/${pending.taskId}`), '404 task.not_found')
    await server.drain()
    assert.deepEqual(await teamNames(api), ['done'])
  })
}

test('the id of a change is plain text for whoever asks for that', async () => {
  await using server = await startModelServer()
  const body = '{"name":"core"}'
  const headers = { accept: 'text/plain', 'content-type': 'application/json' }
  const reply = await server.root.sendText('POST /api/teams', body, headers)
  assert.equal(reply.status, 202)
  assert.match(reply.text, /^[0-9a-f-]{36}$/)
  assert.equal(reply.headers.get('location'), `/api/task/${reply.text}`)
})

test('a queued proposal may build on what one before it will make', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ann = await makeUser(root, 'ann')
  const top = await queue(root, 'POST /api/teams', { team: { name: 'top' } })
  const below = await queue(root, 'POST /api/teams', { team: { name: 'below', parentTeam: top.entityId } })
  const joined = await queue(root, `POST /api/teams/${below.entityId}/members`, { ids: { ids: [ann] } })
  await server.drain()
  const revisions = await Promise.all([top, below, joined].map((taken) => taskOf(root, taken)))
  assert.deepEqual(
    revisions.map(({ state, revision }) => `${state} ${revision}`),
    ['COMPLETED 2', 'COMPLETED 3', 'COMPLETED 4'],
  )
  assert.equal((await root.list(`/api/teams/${top.entityId}/members`)).total, 1)
})

test('what was queued before a proposal comes before it', async () => {
  await using server = await startModelServer()
  const { root } = server
  const queued = await queue(root, 'POST /api/teams', { team: { name: 'core' } })
  const [status] = (await root.problem('POST /api/teams', { team: { name: 'core' } })).split(' ')
  assert.equal(status, '400')
  assert.equal((await taskOf(root, queued))['state'], 'COMPLETED')
  const later = await root.change('POST /api/teams', { team: { name: 'below', parentTeam: queued.entityId } })
  assert.equal((await taskOf(root, later))['revision'], '2')
})

test('a queued proposal is refused at once where that can be told, and fails with the reason where it cannot', async () => {
  await using server = await startModelServer()
  const { root } = server
  await makeTeam(root, 'core')
  assert.equal(await root.problem('POST /api/teams', { team: { name: 'core' } }, ASYNC), '400 team.name_taken')
  const made = await queue(root, 'POST /api/teams', { team: { name: 'new' } })
  const again = await queue(root, 'POST /api/teams', { team: { name: 'new' } })
  await server.drain()
  assert.equal((await taskOf(root, made))['state'], 'COMPLETED')
  const failed = (await taskOf(root, again)) as Fields & { error?: Fields }
  assert.equal(failed['state'], 'FAILED')
  assert.equal(failed.error?.['code'], 'team.name_taken')
  assert.equal(failed['revision'], undefined)
  assert.equal(await server.head(), 2)
})

test('who may not propose is refused at once, though others’ proposals are waiting', async () => {
  await using server = await startModelServer()
  await queue(server.root, 'POST /api/teams', { team: { name: 'core' } })
  const user = await server.signIn()
  const problem = await user.problem('POST /api/teams', { team: { name: 'mine' } }, ASYNC)
  assert.equal(problem, '403 access.flag_missing')
})

const DISABLE_PLAIN_ADMINS = statement(
  'test.disable-admins',
  "update app_user set enabled = false where role = 'admin'",
)

test('what somebody queued who has been disabled since is not done', async () => {
  await using server = await startModelServer()
  const admin = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
  const queued = await queue(admin, 'POST /api/teams', { team: { name: 'core' } })
  await server.database.query(DISABLE_PLAIN_ADMINS)
  await server.drain()
  const failed = (await taskOf(server.root, queued)) as Fields & { error?: Fields }
  assert.equal(failed.error?.['code'], 'queue.submitter_gone')
  assert.equal(await server.head(), 0)
})

const DEMOTE = statement('test.demote', "update app_user set role = 'admin' where id = $1")

test('what somebody queued behind their own disabling is not done, though both are looked at together', async () => {
  await using server = await startModelServer()
  const admin = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
  const flags = ['allow_modify_admins', 'allow_modify_teams'] as const
  const guard = await server.signIn({ role: 'admin', flags })
  await queue(guard, `PUT /api/users/${admin.userId}/disable`)
  const queued = await queue(admin, 'POST /api/teams', { team: { name: 'core' } })
  await server.drain()
  const failed = (await taskOf(server.root, queued)) as Fields & { error?: Fields }
  assert.equal(failed.error?.['code'], 'queue.submitter_gone')
  assert.deepEqual(await teamNames(server.root), [])
})

test('what a superadmin queued in another organisation is not done once they are none any more', async () => {
  await using server = await startModelServer()
  const made = await server.root.sendText('POST /v1/admin/organisations/', '{"name":"two"}', {
    'content-type': 'application/json',
  })
  const organisation = Number((made.content as Fields | undefined)?.['organisation_id'])
  const guest = await server.signIn({ role: 'superadmin', flags: ['allow_modify_teams'], organisation })
  const queued = await queue(guest, 'POST /api/teams?organisation=1', { team: { name: 'core' } })
  await server.database.query(DEMOTE, [guest.userId])
  await server.drain()
  const failed = (await taskOf(server.root, queued)) as Fields & { error?: Fields }
  assert.equal(failed.error?.['code'], 'queue.submitter_gone')
  assert.deepEqual(await teamNames(server.root), [])
})

test('many proposals at once each get a revision of their own, without a gap', async () => {
  await using server = await startModelServer()
  const names = Array.from({ length: 100 }, (_, index) => `team ${index}`)
  const taken = await Promise.all(
    names.map((name, index) =>
      server.root.in(FORMATS[index % 2] ?? 'json').change('POST /api/teams', { team: { name } }),
    ),
  )
  const tasks = await Promise.all(taken.map((each) => taskOf(server.root, each)))
  const revisions = tasks.map(({ revision }) => Number(revision)).sort((a, b) => a - b)
  assert.deepEqual(
    revisions,
    Array.from({ length: 100 }, (_, index) => index + 1),
  )
  assert.equal(await server.head(), 100)
})

test('of those who want the same name at once, one gets it', async () => {
  await using server = await startModelServer()
  const others = await Promise.all([1, 2].map(() => server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })))
  const callers = [server.root, ...others]
  const replies = await Promise.all(
    Array.from({ length: 24 }, (_, index) =>
      callers[index % 3]?.send('POST /api/teams', { team: { name: `team ${index % 4}` } }),
    ),
  )
  assert.equal(replies.filter((reply) => reply?.status === 202).length, 4)
  assert.ok(replies.every((reply) => reply?.status === 202 || reply?.status === 400))
  assert.deepEqual(await teamNames(server.root), ['team 0', 'team 1', 'team 2', 'team 3'])
})

test('of two who move teams below each other at once, one does', async () => {
  await using server = await startModelServer()
  const { root } = server
  const other = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
  for (let round = 0; round < 10; round += 1) {
    const [a, b] = [await makeTeam(root, `a${round}`), await makeTeam(root, `b${round}`)]
    const replies = await Promise.all([
      root.send(`PUT /api/teams/${a}`, { team: { name: `a${round}`, parentTeam: b } }),
      other.send(`PUT /api/teams/${b}`, { team: { name: `b${round}`, parentTeam: a } }),
    ])
    assert.deepEqual(replies.map(({ status }) => status).sort(), [202, 400])
  }
})

test('a member added and removed by two at once is one or the other, in the team as in those above', async () => {
  await using server = await startModelServer()
  const { root } = server
  const other = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
  const top = await makeTeam(root, 'top')
  const below = await makeTeam(root, 'below', top)
  const ann = await makeUser(root, 'ann')
  for (let round = 0; round < 10; round += 1) {
    await join(root, below, [ann])
    await Promise.all([
      root.send(`POST /api/teams/${below}/members/${ann}`),
      other.send(`DELETE /api/teams/${top}/members/${ann}`),
    ])
    const [above, inside] = [
      await root.list(`/api/teams/${top}/members`),
      await root.list(`/api/teams/${below}/members`),
    ]
    assert.ok(inside.total <= above.total, 'A member of a subteam is a member of the team above.')
  }
})
