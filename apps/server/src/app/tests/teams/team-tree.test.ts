import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient, Fields } from '../../testing/api-client.ts'
import { startModelServer } from '../../testing/model-server.ts'
import {
  appoint,
  join,
  makeRepository,
  makeResource,
  makeRule,
  makeTeam,
  makeUser,
  permissionWith,
} from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

// As a team of a directory would be made, without a directory to ask.
const GIVE_QUERY = statement(
  'test.give-query',
  `update team_version set ldap_authority = gen_random_uuid(), ldap_filter = '(cn=*)' where team_id = $1`,
)

async function names(api: ApiClient, path: string): Promise<(string | undefined)[]> {
  return (await api.list(path)).entries.map(({ name }) => name)
}

async function counts(api: ApiClient, query = ''): Promise<readonly Fields[]> {
  const answer = (await api.get(`/api/teams/counts${query}`)) as { readonly counts?: unknown }
  return answer.counts as readonly Fields[]
}

for (const format of FORMATS) {
  test(`in ${format}: subteams are those directly below, made there or anywhere, in every state`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const top = await makeTeam(root, 'top')
    const url = `/api/teams/${top}/subteams`
    const middle = (await root.change(`POST ${url}`, { team: { name: 'middle' } })).entityId
    await root.change(`POST ${url}`, { team: { name: 'Beside', parentTeam: top } })
    await makeTeam(root, 'bottom', middle)
    const before = await server.head()
    assert.deepEqual(await names(root, url), ['Beside', 'middle'])
    assert.deepEqual(await names(root, `${url}?sortAscending=false&pageSize=1`), ['middle'])
    await root.change(`PUT /api/teams/${middle}`, { team: { name: 'moved', parentTeam: null } })
    await makeTeam(root, 'late', top)
    assert.deepEqual(await names(root, url), ['Beside', 'late'])
    assert.deepEqual(await names(root, `${url}?revision=${before}`), ['Beside', 'middle'])
    assert.deepEqual(await names(root, `/api/teams/${middle}/subteams`), ['bottom'])
  })

  test(`in ${format}: a subteam is made below the team in the path, which the body can only repeat`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const [top, other] = [await makeTeam(root, 'top'), await makeTeam(root, 'other')]
    const post = (team: string, fields: object) => root.problem(`POST /api/teams/${team}/subteams`, { team: fields })
    assert.equal(await post(top, { name: 'x', parentTeam: other }), '400 team.other_parent')
    assert.equal(await post(top, { name: 'x', parentTeam: null }), '400 team.other_parent')
    assert.equal(await post(randomUUID(), { name: 'x' }), '404 team.not_found')
    assert.equal(await post(top, { name: ' ' }), '400 team.bad_name')
  })

  test(`in ${format}: counts are of members, resources, rules and direct subteams, in every state`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    await makeRepository(root, 'calc')
    const top = await makeTeam(root, 'top')
    const sub = await makeTeam(root, 'sub', top)
    await makeTeam(root, 'bottom', sub)
    const users = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
    await join(root, top, users)
    await join(root, sub, users.slice(0, 1))
    for (const path of ['/a', '/b', '/c']) await makeResource(root, { team: top, repository: 'calc', path })
    const rule = await makeRule(root, { team: sub, name: 'rule' })
    const ofTop = { id: top, users: '2', resources: '3', rules: '0', subteams: '1' }
    const ofSub = { id: sub, users: '1', resources: '0', rules: '1', subteams: '1' }
    assert.deepEqual(await counts(root, `?id=${top}`), [ofTop])
    assert.deepEqual(await counts(root, `?id=${top}&id=${sub}`), [ofSub, ofTop])
    assert.equal((await counts(root)).length, 3)
    const before = await server.head()
    await root.change(`DELETE /api/teams/${top}/members/${users[0]}`)
    await root.change(`DELETE /api/teams/${sub}/rules/${rule}`)
    await makeTeam(root, 'late', top)
    const since = [
      { ...ofSub, users: '0', rules: '0' },
      { ...ofTop, users: '1', subteams: '2' },
    ]
    assert.deepEqual(await counts(root, `?id=${top},${sub}`), since)
    assert.deepEqual(await counts(root, `?id=${top},${sub}&revision=${before}`), [ofSub, ofTop])
    assert.equal((await counts(root, `?revision=${before}`)).length, 3)
    assert.deepEqual(await counts(root, '?revision=0'), [])
  })
}

test('counts of what is not there are refused, with its id and no other', async () => {
  await using server = await startModelServer()
  const team = await makeTeam(server.root, 'team')
  const unknown = randomUUID()
  const reply = await server.root.send(`GET /api/teams/counts?id=${team}&id=${unknown}`)
  assert.equal(reply.status, 404)
  assert.match(reply.text, new RegExp(`team\\.unknown_ids.*${unknown}`))
  assert.doesNotMatch(reply.text, new RegExp(team))
})

test('a literal segment of a path is never taken for an id', async () => {
  await using server = await startModelServer()
  const { root } = server
  const team = await makeTeam(root, 'team')
  assert.ok('counts' in (await root.get('/api/teams/counts')))
  assert.ok('DTOs' in (await root.get('/api/teams/rules')))
  assert.ok('counts' in (await root.get('/api/teams/rules/counts')))
  assert.ok('DTOs' in (await root.get(`/api/teams/${team}/leaders/available`)))
  assert.ok('DTOs' in (await root.get(`/api/teams/${team}/members/available`)))
})

test('whoever moves a team manages the subteams of both places, and may add its members to the teams it comes to', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [from, to] = [await makeTeam(root, 'from'), await makeTeam(root, 'to')]
  const below = await makeTeam(root, 'below', to)
  const moved = await makeTeam(root, 'moved', from)
  const ann = await makeUser(root, 'ann')
  await join(root, moved, [ann])
  const leader = await server.signIn()
  const user = leader.userId
  const move = (parentTeam: string | null, name = 'moved') =>
    leader.problem(`PUT /api/teams/${moved}`, { team: { name, parentTeam } })
  await appoint(root, { team: below, user, flags: ['manageSubteams', 'manageMembers'] })
  assert.equal(await move(below), '403 access.flag_missing')
  await appoint(root, { team: moved, user, flags: ['manageTeam'] })
  assert.equal(await move(below), '403 access.flag_missing')
  await appoint(root, { team: from, user, flags: ['manageSubteams'] })
  assert.equal(await move(null), '403 leader.admins_only')
  assert.equal(await move(randomUUID()), '403 access.flag_missing')
  assert.equal(await move(below), '400 member.not_in_team_above')
  await join(root, to, [ann])
  await leader.change(`PUT /api/teams/${moved}`, { team: { name: 'moved', parentTeam: below } })
  assert.equal((await root.get(`/api/teams/${moved}`))['parentTeam'], below)
  assert.equal((await root.list(`/api/teams/${below}/members`)).total, 1)
})

test('no member is moved into a team that takes its members from a directory', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [top, moved] = [await makeTeam(root, 'top'), await makeTeam(root, 'moved')]
  const middle = await makeTeam(root, 'middle', top)
  await server.database.query(GIVE_QUERY, [top])
  const move = { team: { name: 'moved', parentTeam: middle } }
  await join(root, moved, [await makeUser(root, 'ann')])
  assert.equal(await root.problem(`PUT /api/teams/${moved}`, move), '400 team.members_from_directory')
})

test('whoever moves a team moves the directory queries below it, and may add members everywhere above its new place', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [from, to] = [await makeTeam(root, 'from'), await makeTeam(root, 'to')]
  const moved = await makeTeam(root, 'moved', from)
  await server.database.query(GIVE_QUERY, [await makeTeam(root, 'queried', await makeTeam(root, 'between', moved))])
  const leader = await server.signIn()
  const { userId: user } = leader
  await appoint(root, { team: from, user, flags: ['manageSubteams', 'manageTeam', 'manageMembers'] })
  await appoint(root, { team: to, user, flags: ['manageSubteams'] })
  const move = [`PUT /api/teams/${moved}`, { team: { name: 'moved', parentTeam: to } }] as const
  assert.equal(await leader.problem(...move), '403 leader.flag_missing')
  await root.change(`PUT /api/teams/${to}/leaders/${user}`, permissionWith(['manageSubteams', 'manageMembers']))
  await leader.change(...move)
})

test('a directory query is one that a directory understands', async () => {
  await using server = await startModelServer()
  const { root } = server
  const team = await makeTeam(root, 'team')
  const url = 'ldap://127.0.0.1:9'
  const directory = { ldapAuthority: { name: 'people', url, userBase: 'dc=example,dc=org' } }
  const { entityId: ldapAuthority } = await root.change('POST /api/ldapauthorities', directory)
  for (const operation of ['POST /api/teams', `PUT /api/teams/${team}`]) {
    const reply = await root.send(operation, { team: { name: 'x', ldapAuthority, ldapFilter: '(cn=*' } })
    assert.equal(reply.status, 400)
    const { code, message } = reply.content as Fields
    assert.match(`${code} ${message}`, /^directory\.bad_filter ldapFilter: /)
    await root.change(operation, { team: { name: `fine ${operation}`, ldapAuthority, ldapFilter: '(cn=*)' } })
  }
})

test('a directory query is whole, names a directory that is known, and is given by who may add members everywhere above', async () => {
  await using server = await startModelServer()
  const { root } = server
  const top = await makeTeam(root, 'top')
  const team = await makeTeam(root, 'team', top)
  const ldapAuthority = randomUUID()
  const query = { ldapAuthority, ldapFilter: '(cn=*)' }
  for (const half of [{ ldapAuthority }, { ldapFilter: '(cn=*)' }]) {
    assert.equal(await root.problem('POST /api/teams', { team: { name: 'x', ...half } }), '400 team.half_a_query')
    assert.equal(
      await root.problem(`PUT /api/teams/${team}`, { team: { name: 'x', ...half } }),
      '400 team.half_a_query',
    )
  }
  assert.equal(await root.problem('POST /api/teams', { team: { name: 'x', ...query } }), '400 team.unknown_authority')
  const leader = await server.signIn()
  await appoint(root, { team, user: leader.userId, flags: ['manageTeam', 'manageMembers', 'manageSubteams'] })
  const put = () => leader.problem(`PUT /api/teams/${team}`, { team: { name: 'team', ...query } })
  assert.equal(await put(), '403 access.flag_missing')
  const made = await leader.problem(`POST /api/teams/${team}/subteams`, { team: { name: 'x', ...query } })
  assert.equal(made, '403 access.flag_missing')
  await appoint(root, { team: top, user: leader.userId, flags: ['manageMembers'] })
  assert.equal(await put(), '400 team.unknown_authority')
})
