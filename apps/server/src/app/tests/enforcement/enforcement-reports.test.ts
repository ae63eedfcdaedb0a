import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readRights } from '../../../features/enforcement/rights.sql.ts'
import { effectiveRight, type RepositoryRights } from '../../../features/rules/index.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser, permit } from '../../testing/model-steps.ts'
import { makeGround } from '../../testing/random-changes.ts'
import { FORMATS } from '../../testing/wire-format.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

interface Access {
  readonly repositoryName: string
  readonly path: string
  readonly audience: string
  readonly before: string
  readonly after: string
  readonly users: number
  readonly usernames: readonly string[]
}

interface Differences {
  readonly fromRevision: number
  readonly toRevision: number
  readonly rules: readonly Readonly<Record<string, unknown>>[]
  readonly totalRules: number
  readonly access: readonly Access[]
  readonly totalResults: number
  readonly totalPages: number
}

/** As JSON, with its numbers. */
async function differences(api: ApiClient, query: Readonly<Record<string, string | number>>): Promise<Differences> {
  const texts = Object.entries(query).map(([name, value]): [string, string] => [name, `${value}`])
  const reply = await api.send(`GET /api/enforcement/diff?${new URLSearchParams(texts)}`)
  assert.equal(reply.status, 200, reply.text)
  return JSON.parse(reply.text) as Differences
}

/** A team that may hand out all of a repository, with two members. */
async function makeScene(name: string) {
  const { root } = server
  await makeRepository(root, name)
  const team = await makeTeam(root, name)
  const resource = await makeResource(root, { team, repository: name })
  const users = [await makeUser(root, `${name} ann`), await makeUser(root, `${name} bob`)] as const
  await join(root, team, users)
  return { name, team, resource, users }
}

function nearest(changes: readonly Access[], path: string): Access | undefined {
  const above = changes.filter((each) => each.path === '/' || path === each.path || path.startsWith(`${each.path}/`))
  return above.toSorted((a, b) => b.path.length - a.path.length)[0]
}

/** What a user is told of a repository's paths, and what comparing their effective rights says. */
async function assertTold(username: string, { from, to, repositories }: Compared): Promise<void> {
  const { access } = await differences(server.root, { from, to, username, pageSize: 1000 })
  for (const [name, rights] of repositories) {
    const [was, is] = [rights[from] ?? NO_RIGHTS, rights[to] ?? NO_RIGHTS]
    const changes = access.filter(({ repositoryName }) => repositoryName === name)
    for (const path of ['/', '/a', '/a/b', '/a/b/c', '/d', '/d/e']) {
      const said = nearest(changes, path)
      const told = said && said.before !== said.after ? `${said.before} to ${said.after}` : 'nothing'
      const [lost, gained] = [effectiveRight(was, path, username), effectiveRight(is, path, username)]
      const expected = lost === gained ? 'nothing' : `${lost} to ${gained}`
      assert.equal(told, expected, `${username} at ${name}:${path} from ${from} to ${to}`)
    }
  }
}

interface Compared {
  readonly from: number
  readonly to: number
  /** By name, the rights at each revision. */
  readonly repositories: ReadonlyMap<string, Readonly<Record<number, RepositoryRights>>>
}

const NO_RIGHTS: RepositoryRights = { statements: [], disabled: [] }

test('tells for every user, path and pair of revisions who gains or loses what, as comparing all rights does', async () => {
  const { root, database } = server
  await makeUser(root, 'stranger')
  const ground = await makeGround(root, 3)
  const start = await server.head()
  for (let i = 0; i < 60; i++) await ground.changeSomething()
  const head = await server.head()
  const { entries } = await root.list('/api/repositories?pageSize=1000')
  const repositories = new Map<string, Record<number, RepositoryRights>>()
  const ends = [start, start + 7, start + 8, head - 15, head - 3, head]
  for (const { id = '', name = '' } of entries) {
    const rights: Record<number, RepositoryRights> = {}
    for (const revision of ends) {
      const read = await readRights(database, { organisation: 1, state: { revision } }, [id])
      rights[revision] = read.get(id) ?? NO_RIGHTS
    }
    repositories.set(name, rights)
  }
  for (const from of ends) {
    for (const to of ends) {
      for (const username of [...ground.usernames, 'stranger']) await assertTold(username, { from, to, repositories })
    }
  }
})

test('names the rules that differ and what of them does', async () => {
  const { root } = server
  const { name, team, resource, users } = await makeScene('changed')
  const [ann, bob] = users
  const kept = await makeRule(root, { team, name: 'kept', members: [ann], permissions: [{ resource, type: 'READ' }] })
  const gone = await makeRule(root, { team, name: 'gone', members: [ann, bob] })
  const from = await server.head()
  await root.change(`DELETE /api/teams/${team}/rules/${gone}`)
  await makeRule(root, { team, name: 'made', members: [bob], permissions: [{ resource, type: 'READ', path: 'x' }] })
  await root.change(`POST /api/teams/${team}/rules/${kept}/members`, { ids: { ids: [bob] } })
  await root.change(`POST /api/teams/${team}/rules/${kept}/members/delete`, { ids: { ids: [ann] } })
  await root.change(`POST /api/teams/${team}/rules/${kept}/members`, { ids: { ids: [ann] } })
  await root.change(`PUT /api/teams/${team}/rules/${kept}`, { rule: { ruleName: 'kept still' } })
  const { rules, totalRules } = await differences(root, { from })
  const nothing = {
    permissionsAdded: 0,
    permissionsRemoved: 0,
    permissionsChanged: 0,
    membersAdded: 0,
    membersRemoved: 0,
  }
  const common = { ...nothing, teamId: team, teamName: name, fields: [] }
  assert.equal(totalRules, 3)
  assert.deepEqual(
    rules.map(({ ruleId: _, ...rule }) => rule),
    [
      { ...common, ruleName: 'gone', change: 'REMOVED', membersRemoved: 2 },
      { ...common, ruleName: 'kept still', change: 'CHANGED', membersAdded: 1, fields: ['ruleName'] },
      { ...common, ruleName: 'made', change: 'ADDED', membersAdded: 1, permissionsAdded: 1 },
    ],
  )
})

test('names a rule of which nothing differs but where a permission lies', async () => {
  const { root } = server
  const { team, resource, users } = await makeScene('elsewhere')
  const [ann] = users
  const rule = await makeRule(root, {
    team,
    name: 'moved',
    members: [ann],
    permissions: [{ resource, type: 'READ', path: 'x' }],
  })
  const from = await server.head()
  const url = `/api/teams/${team}/rules/${rule}/resourcepermissions`
  const [permission] = (await root.list(url)).entries
  const DTOs = [{ id: permission?.['id'], ownerResource: resource, permissionType: 'READ', path: 'y' }]
  await root.change(`PUT ${url}`, { dtolist: { DTOs } })
  const { rules, totalResults } = await differences(root, { from })
  assert.equal(totalResults, 2)
  assert.deepEqual(
    rules.map(({ ruleName, change, permissionsChanged }) => [ruleName, change, permissionsChanged]),
    [['moved', 'CHANGED', 1]],
  )
})

test('compares what is enforced with the head by default, pages what it finds, and filters it', async () => {
  const { root } = server
  const { name, team, resource, users } = await makeScene('paged')
  await makeRepository(root, 'paged-not')
  await makeUser(root, 'paged stranger')
  await server.published()
  const head = await server.head()
  const same = await differences(root, {})
  assert.deepEqual([same.fromRevision, same.toRevision, same.totalResults], [head, head, 0])
  const permissions = ['', 'a', 'b'].map(
    (path, i) => ({ resource, type: i === 1 ? 'READ_WRITE' : 'NONE', path }) as const,
  )
  const everyone = { resource, type: 'READ' } as const
  await makeRule(root, { team, name: 'named', members: users, permissions })
  await makeRule(root, { team, name: 'all', audience: 'everyone', permissions: [everyone] })
  const all = await differences(root, { from: head })
  const entry = { repositoryName: name, path: '/', before: 'NONE', after: 'READ', users: 0, usernames: [] }
  assert.deepEqual(all.access, [
    { ...entry, audience: 'everyone' },
    { ...entry, audience: 'authenticated' },
    { ...entry, path: '/a', audience: 'user', after: 'READ_WRITE', users: 2, usernames: ['paged ann', 'paged bob'] },
  ])
  const last = await differences(root, { from: head, pageSize: 2, pageNumber: 2 })
  assert.deepEqual([last.access, last.totalResults, last.totalPages], [all.access.slice(2), 3, 2])
  assert.deepEqual((await differences(root, { from: head, repositoryName: 'paged-not' })).access, [])
  assert.deepEqual((await differences(root, { from: head, username: 'paged ann' })).access, all.access.slice(2))
  assert.deepEqual((await differences(root, { from: head, username: 'paged stranger' })).access, all.access.slice(1, 2))
  const xml = await root.in('xml').send(`GET /api/enforcement/diff?from=${head}`)
  assert.match(xml.text, /<differences>.*<access>.*<path>\/a<\/path>.*<usernames>paged ann<\/usernames>/s)
})

test('answers 304 to whoever holds the answer, until the model changes', async () => {
  const { root } = server
  for (const url of ['/api/enforcement/diff?from=0', '/api/enforcement/warnings']) {
    const first = await root.send(`GET ${url}`)
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    assert.equal((await root.send(`GET ${url}`, undefined, headers)).status, 304)
    await makeTeam(root, `new ${url}`)
    assert.equal((await root.send(`GET ${url}`, undefined, headers)).status, 200)
  }
})

test('refuses revisions that are not there, unknown names, and callers without the right', async () => {
  const { root, anonymous } = server
  const diff = 'GET /api/enforcement/diff'
  const beyond = (await server.head()) + 1
  const powerless = await server.signIn({ role: 'admin', flags: ['allow_modify_users'] })
  for (const format of FORMATS) {
    const api = root.in(format)
    assert.equal(await api.problem(`${diff}?to=${beyond}`), '400 report.beyond_head')
    assert.equal(await api.problem(`${diff}?from=${beyond}`), '400 report.beyond_head')
    assert.equal(await api.problem(`${diff}?from=-1`), '400 request.invalid')
    assert.equal(await api.problem(`${diff}?username=nobody`), '400 report.unknown_user')
    assert.equal(await api.problem(`${diff}?repositoryName=none`), '400 report.unknown_repository')
    assert.match(await api.problem('GET /api/enforcement/warnings?sortColumn=message'), /^400 list.unknown_field/)
    for (const operation of [diff, 'GET /api/enforcement/warnings']) {
      assert.match(await anonymous.in(format).problem(operation), /^401 /)
      assert.equal(await powerless.in(format).problem(operation), '403 access.flag_missing')
    }
  }
})

test('lists what users are let into and cannot browse to, in any state of the model', async () => {
  const { root } = server
  const { name, team, resource, users } = await makeScene('browsed')
  const from = await server.head()
  const below = [{ resource, type: 'READ', path: 'x/y' }] as const
  const rule = await makeRule(root, { team, name: 'below', members: users, permissions: below })
  const blocked = await server.head()
  const search = `searchKeyList=repositoryName&searchValueList=${name}`
  for (const format of FORMATS) {
    const { total, entries } = await root.in(format).list(`/api/enforcement/warnings?${search}`)
    assert.equal(total, 1)
    const [warning] = entries
    assert.equal(warning?.['type'], 'unreachable_path')
    assert.deepEqual([warning?.['path'], warning?.['blockedAt'], warning?.['users']], ['/x/y', '/', '2'])
    assert.match(
      warning?.['message'] ?? '',
      /^2 users \(browsed ann, browsed bob\) may read \/x\/y of browsed, but not \//,
    )
  }
  await permit(root, { team, rule, permissions: [{ resource, type: 'READ' }] })
  const totalAt = async (state: string) => (await root.list(`/api/enforcement/warnings?${search}${state}`)).total
  assert.equal(await totalAt(''), 0)
  assert.equal(await totalAt(`&revision=${blocked}`), 1)
  assert.equal(await totalAt(`&revision=${from}`), 0)
})
