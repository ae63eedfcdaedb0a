import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'

async function membersOf(api: ApiClient, team: string): Promise<string[]> {
  const { entries } = await api.list(`/api/teams/${team}/members`)
  return entries.map(({ username = '' }) => username)
}

async function namedIn(api: ApiClient, team: string, rule: string): Promise<string[]> {
  const { entries } = await api.list(`/api/teams/${team}/rules/${rule}/members`)
  return entries.map(({ username = '' }) => username)
}

/** Three teams, one below the other. */
async function makeBranch(api: ApiClient): Promise<[string, string, string]> {
  const top = await makeTeam(api, 'top')
  const middle = await makeTeam(api, 'middle', top)
  return [top, middle, await makeTeam(api, 'bottom', middle)]
}

test('adding to a subteam adds to every team above it, and to none beside it', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [top, middle, bottom] = await makeBranch(root)
  const beside = await makeTeam(root, 'beside', top)
  const [ann, bob] = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
  await join(root, middle, [bob])
  await join(root, bottom, [ann])
  assert.deepEqual(await membersOf(root, bottom), ['ann'])
  assert.deepEqual(await membersOf(root, middle), ['ann', 'bob'])
  assert.deepEqual(await membersOf(root, top), ['ann', 'bob'])
  assert.deepEqual(await membersOf(root, beside), [])
})

test('adding who is a member already changes nothing and is no mistake', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [top, middle] = await makeBranch(root)
  const ann = await makeUser(root, 'ann')
  await join(root, middle, [ann])
  await join(root, middle, [ann, ann])
  await root.change(`POST /api/teams/${top}/members/${ann}`)
  assert.deepEqual(await membersOf(root, top), ['ann'])
})

test('removing from a team removes from the teams below it and from the rules of all these, not from those above', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [top, middle, bottom] = await makeBranch(root)
  const users = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
  await join(root, bottom, users)
  const rules = await Promise.all(
    [top, middle, bottom].map((team) => makeRule(root, { team, name: 'rule', members: users })),
  )
  await root.change(`DELETE /api/teams/${middle}/members/${users[0]}`)
  const membership = await Promise.all([top, middle, bottom].map((team) => membersOf(root, team)))
  assert.deepEqual(membership, [['ann', 'bob'], ['bob'], ['bob']])
  const named = await Promise.all([top, middle, bottom].map((team, index) => namedIn(root, team, rules[index] ?? '')))
  assert.deepEqual(named, [['ann', 'bob'], ['bob'], ['bob']])
})

test('a team moved brings its members to the teams above its new place, and leaves them where they were', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [top, middle, bottom] = await makeBranch(root)
  await join(root, bottom, [await makeUser(root, 'ann')])
  const upper = await makeTeam(root, 'upper')
  const lower = await makeTeam(root, 'lower', upper)
  await root.change(`PUT /api/teams/${bottom}`, { team: { name: 'bottom', parentTeam: lower } })
  assert.equal((await root.get(`/api/teams/${bottom}`))['parentTeam'], lower)
  for (const team of [bottom, lower, upper, middle, top]) assert.deepEqual(await membersOf(root, team), ['ann'])
})

test('refuses a move that would put a team under itself', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [top, middle, bottom] = await makeBranch(root)
  for (const parentTeam of [top, middle, bottom]) {
    const problem = await root.problem(`PUT /api/teams/${top}`, { team: { name: 'top', parentTeam } })
    assert.equal(problem, '400 team.under_itself')
  }
})

test('a change without parentTeam leaves a team where it is, and null makes it a root team', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [top, middle] = await makeBranch(root)
  await root.change(`PUT /api/teams/${middle}`, { team: { name: 'renamed', description: 'x' } })
  const renamed = { id: middle, name: 'renamed', description: 'x', parentTeam: top }
  assert.deepEqual(await root.get(`/api/teams/${middle}`), renamed)
  await root.change(`PUT /api/teams/${middle}`, { team: { name: 'free', parentTeam: null } })
  assert.deepEqual(await root.get(`/api/teams/${middle}`), { id: middle, name: 'free' })
})

test('a subteam hands out only what its parent has, and is not moved away from it', async () => {
  await using server = await startModelServer()
  const { root } = server
  await makeRepository(root, 'calc')
  const [top, middle] = await makeBranch(root)
  await makeResource(root, { team: top, repository: 'calc', path: '/trunk' })
  for (const path of ['/', '/branches', '/trunk2']) {
    const body = { resource: { repositoryName: 'calc', path } }
    assert.equal(await root.problem(`POST /api/teams/${middle}/resources`, body), '400 resource.outside_parent')
  }
  await makeResource(root, { team: middle, repository: 'calc', path: '/trunk' })
  await makeResource(root, { team: middle, repository: 'calc', path: '/trunk/src' })
  const elsewhere = await makeTeam(root, 'elsewhere')
  await makeResource(root, { team: elsewhere, repository: 'calc', path: '/trunk/src' })
  const moved = { team: { name: 'middle', parentTeam: elsewhere } }
  const reply = await root.send(`PUT /api/teams/${middle}`, moved)
  assert.equal(reply.status, 400)
  assert.match(reply.text, /team\.resources_outside.*calc:\/trunk,/)
})

test('deleting a team deletes all that is its and its subteams’, and the files follow', async () => {
  await using server = await startModelServer()
  const { root } = server
  await makeRepository(root, 'calc')
  const [top, middle] = await makeBranch(root)
  const other = await makeTeam(root, 'other')
  const users = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
  await join(root, middle, users.slice(0, 1))
  await join(root, other, users.slice(1))
  const rules: string[] = []
  for (const [team, members] of [
    [top, users.slice(0, 1)],
    [middle, users.slice(0, 1)],
    [other, users.slice(1)],
  ] as const) {
    const resource = await makeResource(root, { team, repository: 'calc' })
    const permissions = [{ resource, type: 'READ' } as const]
    rules.push(await makeRule(root, { team, name: 'rule', members, permissions }))
  }
  const { taskId } = await root.change(`DELETE /api/teams/${top}`)
  await root.enforced(taskId)
  const file = await readFile(joinPath(server.authzDir, 'calc.authz'), 'utf8')
  assert.match(file, /bob/)
  assert.doesNotMatch(file, /ann/)
  assert.equal(await root.problem(`GET /api/teams/${top}`), '404 team.not_found')
  assert.equal(await root.problem(`GET /api/teams/${middle}/members`), '404 team.not_found')
  assert.equal(await root.problem(`GET /api/teams/${middle}/rules/${rules[1]}`), '404 rule.not_found')
  assert.equal((await root.list(`/api/teams/${other}/rules/${rules[2]}/resourcepermissions`)).total, 1)
  assert.deepEqual(
    (await root.list('/api/teams')).entries.map(({ name }) => name),
    ['other'],
  )
})

test('names are taken once: among siblings, in a team, in the organisation, in the installation', async () => {
  await using server = await startModelServer()
  const { root } = server
  const top = await makeTeam(root, 'Straße')
  await makeTeam(root, 'Straße', top)
  const again = { team: { name: 'STRASSE' } }
  await root.change('POST /api/teams', again)
  assert.equal(await root.problem('POST /api/teams', { team: { name: 'strasse' } }), '400 team.name_taken')
  assert.equal(await root.problem('POST /api/teams', { team: { name: 'straße' } }), '400 team.name_taken')
  await makeRule(root, { team: top, name: 'Readers' })
  const rule = { rule: { ruleName: 'readers' } }
  assert.equal(await root.problem(`POST /api/teams/${top}/rules`, rule), '400 rule.name_taken')
  await makeUser(root, 'ann')
  await makeUser(root, 'Ann')
  assert.equal(await root.problem('POST /api/users', { user: { username: 'ann' } }), '400 user.username_taken')
  await makeRepository(root, 'calc')
  assert.equal(
    await root.problem('POST /api/repositories', { repository: { name: 'CALC' } }),
    '400 repository.name_taken',
  )
})

test('a deleted team’s name is free again, and its id stays unknown', async () => {
  await using server = await startModelServer()
  const { root } = server
  const first = await makeTeam(root, 'core')
  await root.change(`DELETE /api/teams/${first}`)
  const second = await makeTeam(root, 'core')
  assert.notEqual(first, second)
  assert.equal(await root.problem(`DELETE /api/teams/${first}`), '404 team.not_found')
  const below = { team: { name: 'sub', parentTeam: first } }
  assert.equal(await root.problem('POST /api/teams', below), '404 team.unknown_parent')
})

test('a rule names members of its own team alone, and uses its resources alone', async () => {
  await using server = await startModelServer()
  const { root } = server
  await makeRepository(root, 'calc')
  const [one, two] = [await makeTeam(root, 'one'), await makeTeam(root, 'two')]
  const ann = await makeUser(root, 'ann')
  await join(root, two, [ann])
  const resource = await makeResource(root, { team: two, repository: 'calc' })
  const rule = await makeRule(root, { team: one, name: 'rule' })
  const url = `/api/teams/${one}/rules/${rule}`
  assert.equal(await root.problem(`POST ${url}/members`, { ids: { ids: [ann] } }), '400 rule.not_team_members')
  const permission = { dtolist: { DTOs: [{ ownerResource: resource, permissionType: 'READ' }] } }
  assert.equal(await root.problem(`POST ${url}/resourcepermissions`, permission), '404 rule.unknown_resources')
  assert.equal(await root.problem(`GET /api/teams/${two}/rules/${rule}`), '404 rule.not_found')
})

test('every id of a request must exist, or the whole request is refused with those that do not', async () => {
  await using server = await startModelServer()
  const { root } = server
  const team = await makeTeam(root, 'team')
  const ann = await makeUser(root, 'ann')
  const unknown = [randomUUID(), randomUUID()]
  const reply = await root.send(`POST /api/teams/${team}/members`, { ids: { ids: [ann, ...unknown] } })
  assert.equal(reply.status, 404)
  for (const id of unknown) assert.match(reply.text, new RegExp(id))
  assert.doesNotMatch(reply.text, new RegExp(ann))
  assert.deepEqual(await membersOf(root, team), [])
})

test('ids are the same in any case', async () => {
  await using server = await startModelServer()
  const { root } = server
  await makeRepository(root, 'calc')
  const team = await makeTeam(root, 'team')
  const resource = await makeResource(root, { team, repository: 'calc' })
  const [upperTeam, upperResource] = [team.toUpperCase(), resource.toUpperCase()]
  await root.change(`PUT /api/teams/${upperTeam}`, { team: { id: upperTeam, name: 'renamed' } })
  const rule = await makeRule(root, { team: upperTeam, name: 'rule' })
  const permission = { ownerResource: upperResource, ownerRule: rule.toUpperCase(), permissionType: 'READ' }
  const url = `/api/teams/${upperTeam}/rules/${rule}/resourcepermissions`
  await root.change(`POST ${url}`, { dtolist: { DTOs: [permission] } })
  assert.equal((await root.list(url)).entries[0]?.['ownerResource'], resource)
})

test('checks each of a group of proposals on what those before it wrote, all of it', async () => {
  await using server = await startModelServer()
  const { root } = server
  const team = await makeTeam(root, 'before')
  const changes = Array.from({ length: 20 }, (_, i) => [
    root.change(`PUT /api/teams/${team}`, { team: { name: `after ${i}` } }),
    root.change('POST /api/teams', { team: { name: `below ${i}`, parentTeam: team } }),
  ])
  await Promise.all(changes.flat())
  assert.equal((await root.list('/api/teams')).total, 21)
})
