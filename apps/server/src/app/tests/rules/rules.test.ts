import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRule, permit } from '../../testing/model-steps.ts'
import { countsOf, dtoList, makeRuleScene, permissionsOf } from '../../testing/rule-scene.ts'
import { FORMATS } from '../../testing/wire-format.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

async function usernames(api: ApiClient, path: string): Promise<string[]> {
  return (await api.list(path)).entries.map(({ username = '' }) => username)
}

function fileOf(repository: string): Promise<string> {
  return readFile(joinPath(server.authzDir, `${repository}.authz`), 'utf8')
}

for (const format of FORMATS) {
  describe(`rules, in ${format}`, () => {
    test('of all teams are listed together by name, at the head and before it', async () => {
      const root = server.root.in(format)
      const [first, second] = [await makeRuleScene(server), await makeRuleScene(server)]
      const revision = await server.head()
      await root.change(`DELETE ${first.url}`)
      const names = async (query: string) =>
        (await root.list(`/api/teams/rules?pageSize=1000${query}`)).entries.map(({ ruleName = '' }) =>
          ruleName.toLowerCase(),
        )
      const head = await names('')
      assert.deepEqual(head, head.toSorted())
      assert.ok(!head.includes(`${first.name} readers`) && head.includes(`${second.name} readers`))
      const past = await names(`&revision=${revision}`)
      assert.deepEqual(past, [...head, `${first.name} readers`].toSorted())
      assert.deepEqual(await names(`&revision=${revision}&sortAscending=false`), past.toReversed())
      const found = await root.list(`/api/teams/rules?searchKeyList=ownerTeam&searchValueList=${second.team}`)
      assert.deepEqual(found, {
        total: 1,
        entries: [{ id: second.rule, ruleName: `${second.name} readers`, ownerTeam: second.team, audience: 'members' }],
      })
    })

    test('are counted with their users and resources, by id, by team and all of them, at the head and before it', async () => {
      const root = server.root.in(format)
      const { team, rule, url, members, resources } = await makeRuleScene(server)
      const revision = await server.head()
      await root.change(`POST ${url}/members`, { ids: { ids: [members[1]] } })
      const more = resources.flatMap((resource) => [{ resource, type: 'NONE', path: 'x' } as const])
      await permit(root, { team, rule, permissions: more })
      for (const path of [`/api/teams/rules/counts?id=${rule}&`, `/api/teams/${team}/rules/counts?`]) {
        assert.deepEqual(await countsOf(root, path), { id: rule, users: '2', resources: '2' })
        const past = await countsOf(root, `${path}revision=${revision}`)
        assert.deepEqual(past, { id: rule, users: '1', resources: '1' })
      }
      const total = (await root.list('/api/teams/rules')).total
      const all = await root.send('GET /api/teams/rules/counts/all')
      assert.deepEqual([all.status, all.content], [200, String(total)])
      await makeRule(root, { team, name: 'one more' })
      const then = await root.send(`GET /api/teams/rules/counts/all?revision=${revision}`)
      assert.equal(then.content, String(total))
      assert.equal((await root.send('GET /api/teams/rules/counts/all')).content, String(total + 1))
    })

    test('are not counted when one of the ids is no rule’s, or another team’s', async () => {
      const root = server.root.in(format)
      const [one, two] = [await makeRuleScene(server), await makeRuleScene(server)]
      const unknown = randomUUID()
      const reply = await root.send(`GET /api/teams/rules/counts?id=${one.rule}&id=${unknown}`)
      assert.equal(reply.status, 404)
      assert.match(reply.text, new RegExp(unknown))
      assert.doesNotMatch(reply.text, new RegExp(one.rule))
      const foreign = await root.problem(`GET /api/teams/${one.team}/rules/counts?id=${two.rule}`)
      assert.equal(foreign, '404 rule.unknown_ids')
      assert.equal(await root.problem('GET /api/teams/rules/counts?id=nope'), '400 request.invalid')
    })

    test('take a name, a description and an audience; what is left out is cleared, and the audience stays', async () => {
      const root = server.root.in(format)
      const { url, rule, team } = await makeRuleScene(server)
      const revision = await server.head()
      const full = { id: rule, ruleName: 'renamed', description: 'why', ownerTeam: team, audience: 'everyone' }
      await root.change(`PUT ${url}`, { rule: full })
      assert.deepEqual(await root.get(url), full)
      await root.change(`PUT ${url}`, { rule: { ruleName: 'RENAMED' } })
      const now = { id: rule, ruleName: 'RENAMED', ownerTeam: team, audience: 'everyone' }
      assert.deepEqual(await root.get(url), now)
      assert.equal((await root.get(`${url}?revision=${revision}`))['audience'], 'members')
    })

    test('refuse a change to what a rule cannot be', async () => {
      const root = server.root.in(format)
      const { url, team } = await makeRuleScene(server)
      await makeRule(root, { team, name: 'Taken' })
      const other = randomUUID()
      const problem = (rule: object) => root.problem(`PUT ${url}`, { rule })
      assert.equal(await problem({ ruleName: 'taken' }), '400 rule.name_taken')
      assert.equal(await problem({ ruleName: ' x' }), '400 rule.bad_name')
      assert.equal(await problem({ ruleName: 'x', id: other }), '400 rule.other_id')
      assert.equal(await problem({ ruleName: 'x', ownerTeam: other }), '400 rule.other_team')
      assert.equal(await problem({ ruleName: 'x', audience: 'all' }), '400 request.invalid')
      assert.equal(await problem({ description: 'x' }), '400 request.invalid')
      const unknown = await root.problem(`PUT /api/teams/${team}/rules/${other}`, { rule: { ruleName: 'x' } })
      assert.equal(unknown, '404 rule.not_found')
    })

    test('let their permissions be changed and taken back, and the files of both repositories follow', async () => {
      const root = server.root.in(format)
      const { name, url, resources, permission, rule } = await makeRuleScene(server)
      await server.published()
      assert.match(await fileOf(name), /\[\/trunk\]\n.* = r\n/)
      const moved = { id: permission, permissionType: 'READ_WRITE', path: 'lib', ownerResource: resources[1] }
      const changed = await root.change(`PUT ${url}/resourcepermissions`, dtoList({ ...moved, ownerRule: rule }))
      await root.enforced(changed.taskId)
      assert.deepEqual(await permissionsOf(root, url), [{ ...moved, ownerRule: rule }])
      assert.doesNotMatch(await fileOf(name), /trunk/)
      assert.match(await fileOf(`${name}-other`), /\[\/lib\]\n.* = rw\n/)
      const removed = await root.change(`POST ${url}/resourcepermissions/delete`, { ids: { ids: [permission] } })
      await root.enforced(removed.taskId)
      assert.deepEqual(await permissionsOf(root, url), [])
      assert.doesNotMatch(await fileOf(`${name}-other`), /lib/)
    })

    test('refuse the whole of a change to permissions when a part of it cannot be', async () => {
      const root = server.root.in(format)
      const { url, team, rule, resources, permission } = await makeRuleScene(server)
      await permit(root, { team, rule, permissions: [{ resource: resources[0], type: 'READ', path: 'a' }] })
      const stranger = (await makeRuleScene(server)).resources[0]
      const unknown = randomUUID()
      const before = await permissionsOf(root, url)
      const good = { id: permission, permissionType: 'NONE', path: 'b', ownerResource: resources[0] }
      const second = { ...good, id: before.find(({ id }) => id !== permission)?.['id'] }
      const problem = (...DTOs: object[]) => root.problem(`PUT ${url}/resourcepermissions`, dtoList(...DTOs))
      assert.equal(await problem(good, { ...good, id: unknown, path: 'c' }), '404 rule.unknown_permissions')
      assert.equal(await problem(good, { ...second, ownerResource: stranger }), '404 rule.unknown_resources')
      assert.equal(await problem(good, { ...good, path: 'c' }), '400 rule.permission_twice')
      assert.equal(await problem(good, { ...second, path: '/b' }), '400 rule.permission_taken')
      assert.equal(await problem({ ...good, path: 'a' }), '400 rule.permission_taken')
      assert.equal(await problem(good, { ...second, path: '../c' }), '400 resource.bad_path')
      assert.equal(await problem(good, { ...second, path: 'c', ownerRule: unknown }), '400 rule.other_rule')
      assert.equal(await problem({ ...good, id: undefined }), '400 request.invalid')
      const removal = { ids: { ids: [permission, unknown] } }
      const reply = await root.send(`POST ${url}/resourcepermissions/delete`, removal)
      assert.equal(reply.status, 404)
      assert.match(reply.text, new RegExp(unknown))
      assert.doesNotMatch(reply.text, new RegExp(permission))
      assert.deepEqual(await permissionsOf(root, url), before)
    })

    test('list the members of the team whom they could name as well, at the head and before it', async () => {
      const root = server.root.in(format)
      const { url, name, members } = await makeRuleScene(server)
      const revision = await server.head()
      assert.deepEqual(await usernames(root, `${url}/members/available`), [`${name} bob`])
      await root.change(`POST ${url}/members`, { ids: { ids: [members[1]] } })
      await root.change(`POST ${url}/members/delete`, { ids: { ids: [members[0]] } })
      assert.deepEqual(await usernames(root, `${url}/members/available`), [`${name} ann`])
      assert.deepEqual(await usernames(root, `${url}/members/available?revision=${revision}`), [`${name} bob`])
      const search = 'searchKeyList=username&searchValueList=BOB'
      assert.deepEqual(await usernames(root, `${url}/members/available?${search}`), [])
    })
  })
}

test('a wider audience, and a narrower one again, reach the file', async () => {
  const { root } = server
  const { url, name } = await makeRuleScene(server)
  const widen = async (audience: string) => {
    const { taskId } = await root.change(`PUT ${url}`, { rule: { ruleName: name, audience } })
    await root.enforced(taskId)
    return await fileOf(name)
  }
  assert.match(await widen('everyone'), /\[\/trunk\]\n\* = r\n/)
  assert.match(await widen('authenticated'), /\[\/trunk\]\n\$authenticated = r\n/)
  assert.doesNotMatch(await widen('members'), /\[\/trunk\]\n[*$]/)
})
