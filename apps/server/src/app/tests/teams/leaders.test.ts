import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { appoint, makeTeam, makeUser, permissionWith } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const FLAGS = ['manageMembers', 'manageRules', 'manageResources', 'manageSubteams', 'manageLeaders', 'manageTeam']
const DISABLE = statement('test.disable-leader', 'update app_user set enabled = false where id = $1')

function flagsOf(fields: Readonly<Record<string, string | undefined>>): string[] {
  return FLAGS.filter((flag) => fields[flag] === 'true')
}

async function named(api: ApiClient, path: string, field = 'username'): Promise<(string | undefined)[]> {
  return (await api.list(path)).entries.map((entry) => entry[field])
}

for (const format of FORMATS) {
  test(`in ${format}: a leader is appointed, shown, given other flags and dismissed`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const team = await makeTeam(root, 'team')
    const ann = await makeUser(root, 'ann')
    const url = `/api/teams/${team}/leaders/${ann}`
    const id = await appoint(root, { team, user: ann, flags: ['manageRules', 'manageMembers'] })
    const leader = await root.get(url)
    assert.deepEqual(
      [leader['id'], leader['ownerTeam'], leader['ownerUser'], leader['username'], flagsOf(leader)],
      [id, team, ann, 'ann', ['manageMembers', 'manageRules']],
    )
    assert.deepEqual((await root.list(`/api/teams/${team}/leaders`)).entries, [leader])
    const body = { id, ownerTeam: team, ownerUser: ann, username: 'ann', manageTeam: true, manageRules: false }
    await root.change(`PUT ${url}`, { teamadminpermission: body })
    assert.deepEqual(flagsOf(await root.get(url)), ['manageTeam'])
    assert.equal((await root.get(url))['id'], id)
    await root.change(`DELETE ${url}`)
    assert.equal(await root.problem(`GET ${url}`), '404 leader.not_found')
    assert.equal((await root.list(`/api/teams/${team}/leaders`)).total, 0)
    assert.equal(flagsOf(await root.get(`${url}?revision=3`)).length, 2)
    assert.deepEqual(await named(root, `/api/teams/${team}/leaders?revision=4`), ['ann'])
    assert.notEqual(await appoint(root, { team, user: ann, flags: [] }), id)
  })

  test(`in ${format}: candidates are the enabled users who do not lead the team itself`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const top = await makeTeam(root, 'top')
    const team = await makeTeam(root, 'team', top)
    const [ann, bob, cy, dan] = await Promise.all(['ann', 'bob', 'cy', 'dan'].map((name) => makeUser(root, name)))
    await appoint(root, { team, user: ann ?? '', flags: ['manageRules'] })
    await appoint(root, { team: top, user: bob ?? '', flags: ['manageRules'] })
    await server.database.query(DISABLE, [cy])
    const available = `/api/teams/${team}/leaders/available`
    const people = 'searchKeyList=username&searchValueList=n'
    assert.deepEqual((await root.list(`${available}?${people}`)).entries, [
      { ownerTeam: team, ownerUser: dan, username: 'dan' },
    ])
    const all = await named(root, available)
    assert.deepEqual(all, all.toSorted())
    assert.ok(all.includes('bob') && !all.includes('cy') && !all.includes('ann'))
    const before = await server.head()
    await root.change(`DELETE /api/teams/${team}/leaders/${ann}`)
    assert.deepEqual(await named(root, `${available}?${people}`), ['ann', 'dan'])
    assert.deepEqual(await named(root, `${available}?${people}&revision=${before}`), ['dan'])
  })

  test(`in ${format}: refuses a second permission, what is not there, what contradicts the path, and the disabled`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const team = await makeTeam(root, 'team')
    const [ann, bob] = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
    await appoint(root, { team, user: ann, flags: ['manageRules'] })
    const url = `/api/teams/${team}/leaders`
    const none = permissionWith([])
    assert.equal(await root.problem(`POST ${url}/${ann}`, none), '400 leader.exists')
    assert.equal(await root.problem(`POST ${url}/${randomUUID()}`, none), '404 user.not_found')
    assert.equal(await root.problem(`POST /api/teams/${randomUUID()}/leaders/${ann}`, none), '404 team.not_found')
    assert.equal(await root.problem(`PUT ${url}/${bob}`, none), '404 leader.not_found')
    assert.equal(await root.problem(`DELETE ${url}/${bob}`), '404 leader.not_found')
    for (const said of [{ ownerUser: bob }, { ownerTeam: randomUUID() }, { username: 'bob' }, { id: randomUUID() }]) {
      assert.equal(await root.problem(`PUT ${url}/${ann}`, { teamadminpermission: said }), '400 leader.other_id')
    }
    assert.equal(await root.problem(`POST ${url}/${bob}`, permissionWith(['manageAll'])), '400 request.invalid')
    await server.database.query(DISABLE, [bob])
    assert.equal(await root.problem(`POST ${url}/${bob}`, none), '400 leader.disabled')
  })
}

/** A tree of four teams, and a leader of `middle`. */
async function makeLedBranch(server: { root: ApiClient; signIn(): Promise<ApiClient> }, flags: readonly string[]) {
  const { root } = server
  const top = await makeTeam(root, 'top')
  const middle = await makeTeam(root, 'middle', top)
  const bottom = await makeTeam(root, 'bottom', middle)
  const beside = await makeTeam(root, 'beside', top)
  const leader = await server.signIn()
  await appoint(root, { team: middle, user: leader.userId, flags })
  return { top, middle, bottom, beside, leader }
}

test('a leader reaches the team and everything below it, and nothing above or beside, there or not', async () => {
  await using server = await startModelServer()
  const { top, middle, bottom, beside, leader } = await makeLedBranch(server, ['manageTeam'])
  for (const [team, name] of [
    [middle, 'middle'],
    [bottom, 'bottom'],
  ] as const) {
    assert.equal((await leader.get(`/api/teams/${team}`))['name'], name)
    await leader.change(`PUT /api/teams/${team}`, { team: { name, description: 'changed' } })
  }
  for (const team of [top, beside, randomUUID()]) {
    for (const operation of [
      `GET /api/teams/${team}`,
      `GET /api/teams/${team}/leaders`,
      `GET /api/teams/${team}/leaders/${leader.userId}`,
      `GET /api/teams/${team}/subteams`,
      `DELETE /api/teams/${team}`,
      `GET /api/teams/counts?id=${middle}&id=${team}`,
    ]) {
      assert.equal(await leader.problem(operation), '403 access.flag_missing', operation)
    }
    assert.equal(await leader.problem(`PUT /api/teams/${team}`, { team: { name: 'x' } }), '403 access.flag_missing')
  }
  assert.equal(await leader.problem(`GET /api/teams/${middle}/leaders/${randomUUID()}`), '404 leader.not_found')
})

test('a leader’s flags each open what they are for, and nothing else', async () => {
  await using server = await startModelServer()
  const { middle, bottom, leader } = await makeLedBranch(server, ['manageTeam'])
  const other = await makeUser(server.root, 'other')
  const missing = '403 leader.flag_missing'
  assert.equal(await leader.problem(`POST /api/teams/${middle}/subteams`, { team: { name: 'new' } }), missing)
  assert.equal(await leader.problem('POST /api/teams', { team: { name: 'new', parentTeam: middle } }), missing)
  assert.equal(await leader.problem(`DELETE /api/teams/${bottom}`), missing)
  assert.equal(await leader.problem(`GET /api/teams/${middle}/leaders/available`), missing)
  assert.equal(await leader.problem(`POST /api/teams/${middle}/leaders/${other}`, permissionWith([])), missing)
  await server.root.change(`PUT /api/teams/${middle}/leaders/${leader.userId}`, permissionWith(['manageSubteams']))
  const made = (await leader.change(`POST /api/teams/${middle}/subteams`, { team: { name: 'new' } })).entityId
  assert.equal((await leader.get(`/api/teams/${made}`))['parentTeam'], middle)
  assert.equal(await leader.problem(`PUT /api/teams/${made}`, { team: { name: 'newer' } }), missing)
  await leader.change(`DELETE /api/teams/${made}`)
  assert.equal(await leader.problem(`DELETE /api/teams/${middle}`), '403 access.flag_missing')
  assert.equal(await leader.problem('POST /api/teams', { team: { name: 'root' } }), '403 leader.admins_only')
})

test('nobody hands on, changes or takes away more than they hold on the team', async () => {
  await using server = await startModelServer()
  const { root } = server
  const { middle, bottom, leader } = await makeLedBranch(server, ['manageLeaders', 'manageRules'])
  await appoint(root, { team: bottom, user: leader.userId, flags: ['manageMembers'] })
  const [ann, bob] = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
  const refused = '403 leader.flags_not_held'
  for (const flag of ['manageMembers', 'manageTeam', 'manageSubteams', 'manageResources']) {
    const problem = await leader.problem(`POST /api/teams/${middle}/leaders/${ann}`, permissionWith([flag]))
    assert.equal(problem, refused)
  }
  await appoint(leader, { team: middle, user: ann, flags: ['manageLeaders', 'manageRules'] })
  await appoint(leader, { team: bottom, user: ann, flags: ['manageMembers'] })
  const more = permissionWith(['manageRules', 'manageTeam'])
  assert.equal(await leader.problem(`PUT /api/teams/${middle}/leaders/${ann}`, more), refused)
  assert.equal(await leader.problem(`PUT /api/teams/${middle}/leaders/${leader.userId}`, more), refused)
  await appoint(root, { team: middle, user: bob, flags: ['manageRules', 'manageTeam'] })
  const less = permissionWith(['manageRules'])
  assert.equal(await leader.problem(`PUT /api/teams/${middle}/leaders/${bob}`, less), refused)
  assert.equal(await leader.problem(`DELETE /api/teams/${middle}/leaders/${bob}`), refused)
  await leader.change(`PUT /api/teams/${middle}/leaders/${ann}`, less)
  await leader.change(`DELETE /api/teams/${middle}/leaders/${ann}`)
})

test('leaders are shown the teams they lead and those below, in every state, and counts of these alone', async () => {
  await using server = await startModelServer()
  const { root } = server
  const { middle, bottom, beside, leader } = await makeLedBranch(server, ['manageTeam'])
  await appoint(root, { team: bottom, user: leader.userId, flags: ['manageRules'] })
  const before = await server.head()
  assert.deepEqual(await named(leader, '/api/teams', 'name'), ['bottom', 'middle'])
  const found = await leader.list('/api/teams?searchKeyList=name&searchValueList=T&sortAscending=false&pageSize=1')
  assert.deepEqual([found.total, found.entries[0]?.['id']], [1, bottom])
  await root.change(`PUT /api/teams/${bottom}`, { team: { name: 'renamed' } })
  const late = await makeTeam(root, 'late', middle)
  assert.deepEqual(await named(leader, '/api/teams', 'name'), ['late', 'middle', 'renamed'])
  assert.deepEqual(await named(leader, `/api/teams?revision=${before}`, 'name'), ['bottom', 'middle'])
  const counted = async (api: ApiClient, query = '') => {
    const { counts } = (await api.get(`/api/teams/counts${query}`)) as { counts?: unknown }
    return (counts as { id: string }[]).map(({ id }) => id)
  }
  assert.deepEqual(await counted(leader), [late, middle, bottom])
  assert.deepEqual(await counted(leader.in('xml'), `?revision=${before}`), [bottom, middle])
  assert.equal(await leader.problem(`GET /api/teams/counts?id=${beside}`), '403 access.flag_missing')
  assert.equal(await leader.problem(`GET /api/teams/counts?id=${late}&revision=${before}`), '404 team.unknown_ids')
})

test('who stops being a leader may nothing more at once, also when the team they led is deleted', async () => {
  await using server = await startModelServer()
  const { root } = server
  const { middle, bottom, leader } = await makeLedBranch(server, ['manageTeam', 'manageSubteams'])
  await appoint(root, { team: bottom, user: leader.userId, flags: ['manageTeam'] })
  await leader.change(`DELETE /api/teams/${bottom}`)
  assert.equal((await root.list(`/api/users/${leader.userId}/leaderships`)).total, 1)
  await root.change(`DELETE /api/teams/${middle}/leaders/${leader.userId}`)
  assert.equal(await leader.problem('GET /api/teams'), '403 access.flag_missing')
  assert.equal(await leader.problem(`GET /api/teams/${middle}`), '403 access.flag_missing')
  assert.equal(await leader.problem(`GET /api/teams/${bottom}?revision=5`), '403 access.flag_missing')
  assert.equal(await leader.problem(`PUT /api/teams/${middle}`, { team: { name: 'x' } }), '403 access.flag_missing')
})

test('a queued proposal has the rights that its proposer has when its turn comes', async () => {
  await using server = await startModelServer()
  const { root } = server
  const { middle, leader } = await makeLedBranch(server, ['manageTeam'])
  const later = { prefer: 'respond-async' }
  const leadership = `/api/teams/${middle}/leaders/${leader.userId}`
  const kept = await leader.change(`PUT /api/teams/${middle}`, { team: { name: 'kept' } }, later)
  await root.change(`DELETE ${leadership}`, undefined, later)
  const lost = await leader.change(`PUT /api/teams/${middle}`, { team: { name: 'lost' } }, later)
  await server.drain()
  assert.equal((await root.get(`/api/task/${kept.taskId}`))['state'], 'COMPLETED')
  const { state, error } = await root.get(`/api/task/${lost.taskId}`)
  assert.deepEqual([state, error !== undefined], ['FAILED', true])
  assert.equal((await root.get(`/api/teams/${middle}`))['name'], 'kept')
})
