import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient, Fields } from '../../testing/api-client.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { appoint, join, makeRepository, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

// As a team of a directory would be made, without a directory to ask.
const GIVE_QUERY = statement(
  'test.give-query-to-members',
  `update team_version set ldap_authority = gen_random_uuid(), ldap_filter = '(cn=*)' where team_id = $1`,
)
const SIGN_IN_HASH = statement<{ hash: string | null }>(
  'test.password-hash',
  'select password_hash as hash from app_user where id = $1',
)

async function names(api: ApiClient, path: string): Promise<(string | undefined)[]> {
  return (await api.list(path)).entries.map(({ username }) => username)
}

async function countsOf(api: ApiClient, path: string): Promise<readonly Fields[]> {
  return ((await api.get(path)) as { readonly counts?: unknown }).counts as readonly Fields[]
}

/** Three teams, one below the other. */
async function makeBranch(api: ApiClient): Promise<[string, string, string]> {
  const top = await makeTeam(api, 'top')
  const middle = await makeTeam(api, 'middle', top)
  return [top, middle, await makeTeam(api, 'bottom', middle)]
}

for (const format of FORMATS) {
  test(`in ${format}: available are the users who are no members, of the parent or not, in every state`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const [top, middle] = await makeBranch(root)
    const people = await Promise.all(['ann', 'bob', 'cy', 'dan'].map((name) => makeUser(root, `p-${name}`)))
    const [ann = '', bob = ''] = people
    await join(root, top, [bob])
    await join(root, middle, [ann])
    const before = await server.head()
    await root.change(`DELETE /api/teams/${middle}/members/${ann}`)
    await join(root, middle, [bob])
    const url = `/api/teams/${middle}/members/available`
    const found = 'searchKeyList=username&searchValueList=p-'
    assert.deepEqual(await names(root, `${url}?${found}&sortColumn=username`), ['p-ann', 'p-cy', 'p-dan'])
    assert.deepEqual(await names(root, `${url}?${found}&sortColumn=username&revision=${before}`), [
      'p-bob',
      'p-cy',
      'p-dan',
    ])
    const page = await root.list(`${url}?pageSize=2`)
    const ids = (await root.list(url)).entries.map(({ id }) => id)
    assert.deepEqual(ids, ids.toSorted())
    assert.equal(page.total, ids.length)
    assert.deepEqual(
      page.entries.map(({ id }) => id),
      ids.slice(0, 2),
    )
  })

  test(`in ${format}: members are counted with the team's rules that name them and the subteams they are in`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const [top, middle, bottom] = await makeBranch(root)
    const [ann, bob] = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
    await join(root, bottom, [ann])
    await join(root, top, [bob])
    await makeRule(root, { team: top, name: 'one', members: [ann, bob] })
    await makeRule(root, { team: top, name: 'two', members: [ann] })
    await makeRule(root, { team: middle, name: 'three', members: [ann] })
    const before = await server.head()
    const old = [
      { id: ann, rules: '2', subteams: '2' },
      { id: bob, rules: '1', subteams: '0' },
    ]
    const url = `/api/teams/${top}/members/counts`
    assert.deepEqual(await countsOf(root, url), old)
    await root.change(`DELETE /api/teams/${bottom}`)
    await root.change(`DELETE /api/teams/${top}/members/${bob}`)
    assert.deepEqual(await countsOf(root, url), [{ id: ann, rules: '2', subteams: '1' }])
    assert.deepEqual(await countsOf(root, `${url}?revision=${before}`), old)
    assert.deepEqual(await countsOf(root, `${url}?id=${bob}&revision=${before}`), old.slice(1))
    assert.deepEqual(await countsOf(root, `${url}?id=${ann.toUpperCase()}`), [{ id: ann, rules: '2', subteams: '1' }])
    assert.equal(await root.problem(`GET ${url}?id=${ann}&id=${bob}`), '404 member.not_in_team')
    assert.equal(await root.problem(`GET ${url}?id=${randomUUID()}`), '404 member.not_in_team')
    assert.deepEqual(await countsOf(root, `/api/teams/${bottom}/members/counts?revision=${before}`), [
      { id: ann, rules: '0', subteams: '0' },
    ])
  })

  test(`in ${format}: a new user is made and added in one revision, to the teams above as well`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const [top, middle, bottom] = await makeBranch(root)
    const before = await server.head()
    const user = { username: 'ann', email: 'ann@example.org', password: 'correct-horse', displayName: 'Ann' }
    const { entityId, taskId } = await root.change(`POST /api/teams/${bottom}/members/new`, { user })
    assert.equal(await server.head(), before + 1)
    assert.equal((await root.get(`/api/task/${taskId}`))['entityId'], entityId)
    for (const team of [top, middle, bottom]) assert.deepEqual(await names(root, `/api/teams/${team}/members`), ['ann'])
    const { password: _, ...shown } = user
    assert.deepEqual(await root.get(`/api/users/${entityId}`), { id: entityId, ...shown, enabled: 'true' })
    const [row] = await server.database.query(SIGN_IN_HASH, [entityId])
    assert.match(row?.hash ?? '', /^\$argon2id\$/)
    assert.deepEqual(await names(root, `/api/teams/${bottom}/members?revision=${before}`), [])
  })

  test(`in ${format}: a new member is refused where the user, the team or the setting is`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const team = await makeTeam(root, 'team')
    await makeUser(root, 'ann')
    const post = (to: string, user: object) => root.problem(`POST /api/teams/${to}/members/new`, { user })
    assert.equal(await post(team, { username: 'ann' }), '400 user.username_taken')
    assert.equal(await post(randomUUID(), { username: 'bob' }), '400 member.unknown_team')
    assert.equal(await post(team, { username: ' bob' }), '400 user.bad_username')
    assert.equal(await post(team, { username: 'bob', password: 'correct-horse' }), '400 user.password_without_email')
    const setting = await root.send('PUT /api/settings', { settings: { localUsers: false } })
    assert.equal(setting.status, 200, setting.text)
    assert.equal(await post(team, { username: 'bob' }), '400 user.local_not_allowed')
    assert.equal(await root.problem('POST /api/users', { user: { username: 'bob' } }), '400 user.local_not_allowed')
    assert.deepEqual(await names(root, `/api/teams/${team}/members`), [])
  })

  test(`in ${format}: members are managed by leaders with manageMembers, there and below, and nobody else`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const [top, middle, bottom] = await makeBranch(root)
    const [ann, bob] = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
    const leader = (await server.signIn()).in(format)
    await appoint(root, { team: middle, user: leader.userId, flags: ['manageMembers'] })
    await join(root, top, [ann])
    await join(leader, bottom, [ann])
    assert.equal((await leader.list(`/api/teams/${bottom}/members`)).total, 1)
    assert.equal((await leader.list(`/api/teams/${bottom}/members/available?pageSize=1`)).entries.length, 1)
    assert.equal((await countsOf(leader, `/api/teams/${middle}/members/counts`)).length, 1)
    const into = `POST /api/teams/${bottom}/members`
    const reply = await leader.send(into, { ids: { ids: [ann, bob] } })
    assert.equal(reply.status, 400)
    assert.match(reply.text, /member\.not_in_team_above/)
    assert.match(reply.text, /to top\./)
    assert.equal(await leader.problem(`${into}/new`, { user: { username: 'new' } }), '400 member.not_in_team_above')
    await leader.change(`DELETE /api/teams/${middle}/members/${ann}`)
    assert.deepEqual(await names(root, `/api/teams/${bottom}/members`), [])
    await appoint(root, { team: top, user: leader.userId, flags: ['manageMembers'] })
    await leader.change(`${into}/new`, { user: { username: 'new' } })
    const other = (await server.signIn()).in(format)
    await appoint(root, { team: middle, user: other.userId, flags: ['manageRules'] })
    const plain = (await server.signIn()).in(format)
    const modifier = (await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })).in(format)
    const user = { user: { username: 'newer' } }
    assert.equal(await modifier.problem(`${into}/new`, user), '403 access.flag_missing')
    for (const [caller, code] of [
      [other, '403 leader.flag_missing'],
      [plain, '403 access.flag_missing'],
    ] as const) {
      assert.equal(await caller.problem(into, { ids: { ids: [ann] } }), code)
      assert.equal(await caller.problem(`${into}/new`, user), code)
      assert.equal(await caller.problem(`${into}/delete`, { ids: { ids: [ann] } }), code)
      assert.equal(await caller.problem(`GET /api/teams/${bottom}/members/available`), code)
    }
    assert.equal(await other.problem(`POST /api/teams/${top}/members/new`, user), '403 access.flag_missing')
    assert.equal(await plain.problem(`GET /api/teams/${bottom}/members`), '403 access.flag_missing')
    assert.equal(await plain.problem(`GET /api/teams/${bottom}/members/counts`), '403 access.flag_missing')
    assert.equal(await plain.problem(`POST /api/teams/${randomUUID()}/members/new`, user), '403 access.flag_missing')
  })
}

test('who a directory puts in a team is neither added nor removed by hand, there or through the teams around it', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [top, middle, bottom] = await makeBranch(root)
  const [ann, bob] = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
  await join(root, middle, [ann])
  await server.database.query(GIVE_QUERY, [middle])
  const refused = '400 team.members_from_directory'
  for (const team of [middle, bottom]) {
    assert.equal(await root.problem(`POST /api/teams/${team}/members/${bob}`), refused)
    assert.equal(await root.problem(`POST /api/teams/${team}/members/new`, { user: { username: 'new' } }), refused)
  }
  for (const team of [top, middle]) {
    assert.equal(await root.problem(`DELETE /api/teams/${team}/members/${ann}`), refused)
  }
  await join(root, bottom, [ann])
  await root.change(`DELETE /api/teams/${bottom}/members/${ann}`)
  await join(root, top, [bob])
  await root.change(`DELETE /api/teams/${top}/members/${bob}`)
})

test('a leader makes nobody who is passed off as a directory entry, or whose password the directory has', async () => {
  await using server = await startModelServer()
  const { root } = server
  const team = await makeTeam(root, 'team')
  const directory = { name: 'people', url: 'ldap://127.0.0.1:9', userBase: 'dc=example,dc=org' }
  const { entityId: ldapAuthority } = await root.change('POST /api/ldapauthorities', { ldapAuthority: directory })
  const leader = await server.signIn()
  await appoint(root, { team, user: leader.userId, flags: ['manageMembers'] })
  const create = `POST /api/teams/${team}/members/new`
  const user = { username: 'mallory', ldapAuthority }
  const entry = { ...user, ldapDn: 'uid=boss,dc=example,dc=org' }
  const withPassword = { ...user, email: 'mallory@example.org', password: 'correct-horse' }
  assert.equal(await leader.problem(create, { user: entry }), '403 member.entry_given')
  assert.equal(await leader.problem(create, { user: withPassword }), '400 user.password_beside_directory')
  await leader.change(create, { user })
  await root.change(create, { user: { ...entry, username: 'boss' } })
})

test('where updates are batched a new member waits with the rest, but who is made without access is without it at once', async () => {
  await using server = await startModelServer()
  const { root } = server
  await makeRepository(root, 'calc')
  const team = await makeTeam(root, 'team')
  assert.equal((await root.send('PUT /api/settings', { settings: { batchedUpdates: true } })).status, 200)
  const members = `/api/teams/${team}/members`
  await root.change(`POST ${members}/new`, { user: { username: 'off', enabled: false } })
  await server.published()
  assert.deepEqual(await names(root, `${members}?queryEnforced=true`), ['off'])
  await root.change(`POST ${members}/new`, { user: { username: 'on' } })
  await server.published()
  assert.deepEqual(await names(root, members), ['off', 'on'])
  assert.deepEqual(await names(root, `${members}?queryEnforced=true`), ['off'])
  assert.deepEqual(
    await names(root, `${members}/available?queryEnforced=true&searchKeyList=username&searchValueList=on`),
    ['on'],
  )
})

test('members of a team that does not exist are not found by who may look', async () => {
  await using server = await startModelServer()
  const url = `/api/teams/${randomUUID()}/members`
  for (const operation of [`GET ${url}`, `GET ${url}/available`, `GET ${url}/counts`]) {
    assert.equal(await server.root.problem(operation), '404 team.not_found')
    assert.equal(await server.anonymous.problem(operation), '401 sign_in.required')
  }
})
