import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRule, makeTeam } from '../../testing/model-steps.ts'
import { countsOf, dtoList, makeRuleScene, type RuleScene } from '../../testing/rule-scene.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

async function signInLeader(team: string, flags: Readonly<Record<string, boolean>>): Promise<ApiClient> {
  const leader = await server.signIn()
  await server.root.change(`POST /api/teams/${team}/leaders/${leader.userId}`, { teamadminpermission: flags })
  return leader
}

/** Every change there is to a rule, with what it takes. */
function changesTo({ url, team, resources, permission, members }: RuleScene) {
  const { 0: ownerResource } = resources
  return [
    [`POST /api/teams/${team}/rules`, { rule: { ruleName: `made ${randomUUID()}` } }],
    [`PUT ${url}`, { rule: { ruleName: `changed ${randomUUID()}` } }],
    [`POST ${url}/members`, { ids: { ids: [members[1]] } }],
    [`POST ${url}/members/delete`, { ids: { ids: [members[0]] } }],
    [`POST ${url}/resourcepermissions`, dtoList({ permissionType: 'READ', path: randomUUID(), ownerResource })],
    [`PUT ${url}/resourcepermissions`, dtoList({ id: permission, permissionType: 'NONE', ownerResource })],
    [`POST ${url}/resourcepermissions/delete`, { ids: { ids: [permission] } }],
    [`DELETE ${url}`, undefined],
  ] as const
}

const LOOKS = ['', '/members', '/members/available', '/resourcepermissions']

test('leaders with manageRules look at the rules of their team and change them', async () => {
  const scene = await makeRuleScene(server)
  const leader = await signInLeader(scene.team, { manageRules: true })
  for (const part of LOOKS) assert.equal((await leader.send(`GET ${scene.url}${part}`)).status, 200, part)
  for (const [operation, body] of changesTo(scene)) await leader.change(operation, body)
})

test('leaders without manageRules look and do not touch', async () => {
  const scene = await makeRuleScene(server)
  const leader = await signInLeader(scene.team, { manageMembers: true, manageResources: true, manageTeam: true })
  for (const part of LOOKS) assert.equal((await leader.send(`GET ${scene.url}${part}`)).status, 200, part)
  for (const [operation, body] of changesTo(scene)) {
    assert.equal(await leader.problem(operation, body), '403 leader.flag_missing', operation)
  }
})

test('leaders of another team neither look nor touch, whatever is there', async () => {
  const scene = await makeRuleScene(server)
  const leader = await signInLeader((await makeRuleScene(server)).team, { manageRules: true })
  const gone = { ...scene, url: `/api/teams/${randomUUID()}/rules/${randomUUID()}`, team: randomUUID() }
  for (const { url, team, ...rest } of [scene, gone]) {
    const looks = [
      ...LOOKS.map((part) => `${url}${part}`),
      `/api/teams/${team}/rules`,
      `/api/teams/${team}/rules/counts`,
    ]
    for (const path of looks) assert.equal(await leader.problem(`GET ${path}`), '403 access.flag_missing', path)
    for (const [operation, body] of changesTo({ url, team, ...rest })) {
      assert.equal(await leader.problem(operation, body), '403 access.flag_missing', operation)
    }
  }
})

test('leaders neither make, widen nor touch a rule for more people than the team’s own', async () => {
  const scene = await makeRuleScene(server)
  const leader = await signInLeader(scene.team, { manageRules: true })
  const widened = { rule: { ruleName: 'wide', audience: 'everyone' } }
  assert.equal(await leader.problem(`POST /api/teams/${scene.team}/rules`, widened), '403 access.not_admin')
  assert.equal(await leader.problem(`PUT ${scene.url}`, widened), '403 access.not_admin')
  await server.root.change(`PUT ${scene.url}`, widened)
  const [, ...changes] = changesTo(scene)
  for (const [operation, body] of changes) {
    assert.equal(await leader.problem(operation, body), '403 access.not_admin', operation)
  }
  const narrowed = { rule: { ruleName: 'wide', audience: 'members' } }
  assert.equal(await leader.problem(`PUT ${scene.url}`, narrowed), '403 access.not_admin')
})

test('leaders are listed and counted the rules of the teams they lead and of those below alone', async () => {
  const { root } = server
  const [scene, other] = [await makeRuleScene(server), await makeRuleScene(server)]
  const below = await makeTeam(root, `${scene.name} below`, scene.team)
  const lower = await makeRule(root, { team: below, name: `${scene.name} sub` })
  const leader = await signInLeader(scene.team, {})
  const revision = await server.head()
  await root.change(`DELETE /api/teams/${below}/rules/${lower}`)
  const listed = async (query: string) =>
    (await leader.list(`/api/teams/rules?${query}`)).entries.map(({ id = '' }) => id)
  assert.deepEqual(await listed(''), [scene.rule])
  assert.deepEqual(await listed(`revision=${revision}`), [scene.rule, lower])
  assert.equal((await leader.send('GET /api/teams/rules/counts/all')).content, '1')
  assert.equal((await leader.send(`GET /api/teams/rules/counts/all?revision=${revision}`)).content, '2')
  assert.equal((await countsOf(leader, '/api/teams/rules/counts'))['id'], scene.rule)
  const past = await countsOf(leader, `/api/teams/rules/counts?id=${lower}&revision=${revision}`)
  assert.deepEqual(past, { id: lower, users: '0', resources: '0' })
  assert.equal(await leader.problem(`GET /api/teams/rules/counts?id=${other.rule}`), '404 rule.unknown_ids')
})
