import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { startModelServer } from '../../testing/model-server.ts'
import { appoint, makeTeam } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const ASYNC = { prefer: 'respond-async' }
const MOUNTS = ['/api/task', '/api/dcone/task']

/** A leader of a team, and two tasks that wait: theirs, and the superadmin's. */
async function makeScene() {
  const server = await startModelServer()
  const team = await makeTeam(server.root, 'team')
  const leader = await server.signIn()
  await appoint(server.root, { team, user: leader.userId, flags: ['manageTeam'] })
  const rename = (name: string) => [`PUT /api/teams/${team}`, { team: { name } }, ASYNC] as const
  const others = (await server.root.change(...rename('others'))).taskId
  const own = (await leader.change(...rename('own'))).taskId
  return { server, team, leader, others, own, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

for (const format of FORMATS) {
  test(`in ${format}: who is no admin follows, aborts and removes what they proposed`, async () => {
    await using scene = await makeScene()
    const leader = scene.leader.in(format)
    for (const mount of MOUNTS) {
      const { id, state } = await leader.get(`${mount}/${scene.own}`)
      assert.deepEqual([id, state], [scene.own, 'PENDING'])
    }
    assert.equal(await leader.problem(`DELETE /api/task/${scene.own}`), '409 task.pending')
    assert.equal((await leader.send(`PUT /api/task/${scene.own}/abort`)).status, 204)
    assert.equal((await leader.get(`/api/task/${scene.own}`))['state'], 'ABORTED')
    await scene.server.drain()
    assert.equal((await scene.server.root.get(`/api/teams/${scene.team}`))['name'], 'others')
    assert.equal((await leader.send(`DELETE /api/task/${scene.own}`)).status, 204)
    assert.equal(await scene.server.root.problem(`GET /api/task/${scene.own}`), '404 task.not_found')
  })

  test(`in ${format}: who is no admin has nothing of the tasks of others, and does not learn which there are`, async () => {
    await using scene = await makeScene()
    const leader = scene.leader.in(format)
    for (const task of [scene.others, randomUUID()]) {
      for (const mount of MOUNTS) {
        assert.equal(await leader.problem(`GET ${mount}/${task}`), '403 access.not_admin')
        for (const act of [`PUT ${mount}/${task}/abort`, `DELETE ${mount}/${task}`, `DELETE ${mount}/${task}/force`]) {
          assert.equal(await leader.problem(act), '403 access.flag_missing', act)
        }
      }
    }
    await scene.server.drain()
    assert.equal((await scene.server.root.get(`/api/task/${scene.others}`))['state'], 'COMPLETED')
  })
}

test('every admin sees the tasks of others, and who may change every team ends and removes them', async () => {
  await using scene = await makeScene()
  const { server, own } = scene
  const viewer = await server.signIn({ role: 'admin', flags: ['allow_view_users', 'allow_modify_users'] })
  assert.equal((await viewer.get(`/api/task/${own}`))['state'], 'PENDING')
  for (const act of [`PUT /api/task/${own}/abort`, `DELETE /api/task/${own}`, `DELETE /api/task/${own}/force`]) {
    assert.equal(await viewer.problem(act), '403 access.flag_missing', act)
  }
  const mine = (await viewer.change('POST /api/users', { user: { username: 'new' } }, ASYNC)).taskId
  assert.equal((await viewer.send(`DELETE /api/task/${mine}/force`)).status, 204)
  const ofTeams = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
  assert.equal((await ofTeams.send(`PUT /api/task/${own}/abort`)).status, 204)
  assert.equal((await ofTeams.send(`DELETE /api/task/${own}`)).status, 204)
})
