import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { appoint, join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

async function paths(api: ApiClient, url: string): Promise<string[]> {
  return (await api.list(url)).entries.map(({ repositoryName, path }) => `${repositoryName}:${path}`)
}

for (const format of FORMATS) {
  test(`in ${format}: a root team may be given the repositories, a subteam what its parent has, in every state`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    for (const name of ['beta', 'alpha', 'gamma']) await makeRepository(root, name)
    const top = await makeTeam(root, 'top')
    const below = await makeTeam(root, 'below', top)
    const trunk = await makeResource(root, { team: top, repository: 'beta', path: '/trunk' })
    const alpha = await makeResource(root, { team: top, repository: 'alpha' })
    const before = await server.head()
    const [roots, parents] = [`/api/teams/${top}/resources/available`, `/api/teams/${below}/resources/available`]
    assert.deepEqual((await root.list(roots)).entries, [
      { repositoryName: 'beta', path: '/' },
      { repositoryName: 'gamma', path: '/' },
    ])
    assert.deepEqual((await root.list(parents)).entries, [
      { id: alpha, repositoryName: 'alpha', path: '/', ownerTeam: top },
      { id: trunk, repositoryName: 'beta', path: '/trunk', ownerTeam: top },
    ])
    await makeResource(root, { team: top, repository: 'gamma' })
    await makeResource(root, { team: below, repository: 'alpha' })
    assert.deepEqual(await paths(root, roots), ['beta:/'])
    assert.deepEqual(await paths(root, `${parents}?sortAscending=false`), ['gamma:/', 'beta:/trunk'])
    assert.deepEqual(await paths(root, `${parents}?sortColumn=path&pageSize=1`), ['gamma:/'])
    assert.deepEqual(await paths(root, `${roots}?revision=${before}`), ['beta:/', 'gamma:/'])
    assert.deepEqual(await paths(root, `${parents}?revision=${before}`), ['alpha:/', 'beta:/trunk'])
    await root.change(`POST /api/teams/${top}/resources/delete`, { ids: { ids: [alpha] } })
    assert.deepEqual(await paths(root, roots), ['alpha:/', 'beta:/'])
    assert.deepEqual(await paths(root, `${roots}?revision=${before}`), ['beta:/', 'gamma:/'])
  })

  test(`in ${format}: taking a resource takes what it alone covered below, and the permissions on it`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    for (const name of ['calc', 'other']) await makeRepository(root, name)
    const top = await makeTeam(root, 'top')
    const middle = await makeTeam(root, 'middle', top)
    const bottom = await makeTeam(root, 'bottom', middle)
    const resource = (team: string, path: string, repository = 'calc') => makeResource(root, { team, repository, path })
    const whole = await resource(top, '/')
    const trunk = await resource(top, '/trunk')
    await resource(top, '/', 'other')
    await resource(middle, '/tags')
    await resource(middle, '/trunk/src')
    await resource(middle, '/trunk2')
    await resource(middle, '/tags', 'other')
    const lowTags = await resource(bottom, '/tags/1')
    const lowTrunk = await resource(bottom, '/trunk/src')
    const ann = await makeUser(root, 'ann')
    await join(root, bottom, [ann])
    const permissions = [lowTags, lowTrunk].map((id) => ({ resource: id, type: 'READ' as const }))
    const rule = await makeRule(root, { team: bottom, name: 'rule', members: [ann], permissions })
    const before = await server.head()
    const take = `POST /api/teams/${top}/resources/delete`
    assert.equal(await root.problem(take, { ids: { ids: [whole, lowTags] } }), '404 resource.unknown_ids')
    const { taskId } = await root.change(take, { ids: { ids: [whole] } })
    assert.equal(await server.head(), before + 1)
    assert.deepEqual(await paths(root, `/api/teams/${top}/resources?sortColumn=path`), ['other:/', 'calc:/trunk'])
    assert.deepEqual(await paths(root, `/api/teams/${middle}/resources`), ['calc:/trunk/src', 'other:/tags'])
    assert.deepEqual(await paths(root, `/api/teams/${bottom}/resources`), ['calc:/trunk/src'])
    assert.equal((await root.list(`/api/teams/${bottom}/resources?revision=${before}`)).total, 2)
    const left = await root.list(`/api/teams/${bottom}/rules/${rule}/resourcepermissions`)
    assert.deepEqual(
      left.entries.map((permission) => permission['ownerResource']),
      [lowTrunk],
    )
    await root.enforced(taskId)
    const file = await readFile(joinPath(server.authzDir, 'calc.authz'), 'utf8')
    assert.match(file, /trunk\/src/)
    assert.doesNotMatch(file, /tags/)
    await root.change(take, { ids: { ids: [trunk] } })
    assert.deepEqual(await paths(root, `/api/teams/${middle}/resources`), ['other:/tags'])
    assert.equal((await root.list(`/api/teams/${bottom}/rules/${rule}/resourcepermissions`)).total, 0)
  })

  test(`in ${format}: resources come from who manages those above, and are taken by who manages the team's`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    await makeRepository(root, 'calc')
    const top = await makeTeam(root, 'top')
    const below = await makeTeam(root, 'below', top)
    await makeResource(root, { team: top, repository: 'calc' })
    const given = await makeResource(root, { team: below, repository: 'calc', path: '/given' })
    const leads = async (team: string, flag: string) => {
      const leader = (await server.signIn()).in(format)
      await appoint(root, { team, user: leader.userId, flags: [flag] })
      return leader
    }
    const [upper, lower] = [await leads(top, 'manageResources'), await leads(below, 'manageResources')]
    const other = await leads(top, 'manageMembers')
    const plain = (await server.signIn()).in(format)
    const [give, take] = [`POST /api/teams/${below}/resources`, `POST /api/teams/${below}/resources/delete`]
    const trunk = { resource: { repositoryName: 'calc', path: '/trunk' } }
    const ids = { ids: { ids: [given] } }
    assert.equal(await lower.problem(give, trunk), '403 access.flag_missing')
    assert.equal(await other.problem(give, trunk), '403 leader.flag_missing')
    assert.equal(await other.problem(take, ids), '403 leader.flag_missing')
    assert.equal(await plain.problem(take, ids), '403 access.flag_missing')
    assert.equal(await upper.problem(`POST /api/teams/${top}/resources`, trunk), '403 leader.admins_only')
    assert.equal(await plain.problem(`GET /api/teams/${below}/resources`), '403 access.flag_missing')
    assert.equal(await other.problem(`GET /api/teams/${below}/resources/available`), '403 leader.flag_missing')
    assert.equal((await other.list(`/api/teams/${below}/resources`)).total, 1)
    assert.deepEqual(await paths(lower, `/api/teams/${below}/resources/available`), ['calc:/'])
    await upper.change(give, trunk)
    await lower.change(take, ids)
    assert.deepEqual(await paths(root, `/api/teams/${below}/resources`), ['calc:/trunk'])
    assert.equal(await lower.problem(take, ids), '404 resource.unknown_ids')
  })
}

test('resources of a team that does not exist are not found by who may look', async () => {
  await using server = await startModelServer()
  const url = `/api/teams/${randomUUID()}/resources`
  const ids = { ids: { ids: [randomUUID()] } }
  assert.equal(await server.root.problem(`GET ${url}/available`), '404 team.not_found')
  assert.equal(await server.root.problem(`POST ${url}/delete`, ids), '404 team.not_found')
  assert.equal(await server.anonymous.problem(`POST ${url}/delete`, ids), '401 sign_in.required')
})
