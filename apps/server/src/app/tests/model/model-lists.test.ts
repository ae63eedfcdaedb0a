import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient, Fields } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'

// As batched updates would leave it: what came after waits to be enforced.
const ENFORCE = statement('test.enforce-up-to', 'update organisation_model set enforced = $1 where organisation_id = 1')

function enforceUpTo(database: Database, revision: number): Promise<unknown> {
  return database.query(ENFORCE, [revision])
}

interface List {
  readonly name: string
  readonly path: string
  /** Fields to sort and search by. */
  readonly keys: readonly string[]
  /** A text that some of its entries have in the first key, and others have not. */
  readonly part: string
}

describe('lists of the model', () => {
  let server: ModelServer
  let root: ApiClient
  const lists: List[] = []

  before(async () => {
    server = await startModelServer()
    root = server.root
    await fill()
  })
  after(() => server[Symbol.asyncDispose]())

  async function fill(): Promise<void> {
    const users = await Promise.all(['Ann', 'bob', 'cy_%\\', 'dan'].map((name) => makeUser(root, name)))
    for (const name of ['Alpha', 'beta', 'gamma']) await makeRepository(root, name)
    const team = await makeTeam(root, 'Team one')
    for (const name of ['other', 'Third']) await makeTeam(root, name)
    await join(root, team, users)
    const resource = await makeResource(root, { team, repository: 'Alpha' })
    await makeResource(root, { team, repository: 'beta', path: '/x' })
    const permissions = ['', 'a', 'b/c'].map((path) => ({ resource, path, type: 'READ' as const }))
    const rule = await makeRule(root, { team, name: 'Main', members: users, permissions })
    const second = await makeRule(root, { team, name: 'second' })
    const userKeys = ['username', 'email', 'displayName', 'enabled', 'id']
    lists.push(
      { name: 'users', path: '/api/users', keys: userKeys, part: 'AN' },
      { name: 'repositories', path: '/api/repositories', keys: ['name', 'description', 'type', 'id'], part: 'ALP' },
      {
        name: 'teams',
        path: '/api/teams',
        keys: ['name', 'description', 'parentTeam', 'ldapAuthority', 'id'],
        part: 'TEAM',
      },
      { name: 'members', path: `/api/teams/${team}/members`, keys: userKeys, part: 'AN' },
      { name: 'resources', path: `/api/teams/${team}/resources`, keys: ['repositoryName', 'path', 'id'], part: 'ALP' },
      {
        name: 'rules',
        path: `/api/teams/${team}/rules`,
        keys: ['ruleName', 'description', 'audience', 'id'],
        part: 'MAIN',
      },
      {
        name: 'rules of all teams',
        path: '/api/teams/rules',
        keys: ['ruleName', 'description', 'audience', 'ownerTeam', 'id'],
        part: 'MAIN',
      },
      {
        name: 'available rule members',
        path: `/api/teams/${team}/rules/${second}/members/available`,
        keys: userKeys,
        part: 'AN',
      },
      { name: 'rule members', path: `/api/teams/${team}/rules/${rule}/members`, keys: userKeys, part: 'AN' },
      {
        name: 'permissions',
        path: `/api/teams/${team}/rules/${rule}/resourcepermissions`,
        keys: ['path', 'permissionType', 'ownerResource', 'id'],
        part: 'C',
      },
    )
  }

  async function entries(list: List, query: string): Promise<readonly Fields[]> {
    const { entries: found, total } = await root.list(`${list.path}?${query}`)
    assert.ok(total >= found.length)
    return found
  }

  test('sort by each of their keys, both ways, by default by the first', async () => {
    for (const list of lists) {
      const ids = (found: readonly Fields[]) => found.map(({ id }) => id)
      const byDefault = ids(await entries(list, ''))
      for (const key of list.keys) {
        const up = ids(await entries(list, `sortColumn=${key}`))
        const down = ids(await entries(list, `sortColumn=${key}&sortAscending=false`))
        assert.deepEqual(down, up.toReversed(), `${list.name} by ${key}`)
        assert.deepEqual(up.toSorted(), byDefault.toSorted(), `${list.name} by ${key}`)
        if (key === list.keys[0]) assert.deepEqual(up, byDefault, list.name)
      }
    }
  })

  test('search each of their keys for a text they contain, whatever the case', async () => {
    for (const list of lists) {
      const [first = ''] = list.keys
      const found = await entries(list, `searchKeyList=${first}&searchValueList=${list.part}`)
      const all = await entries(list, '')
      const expected = all.filter((entry) => entry[first]?.toLowerCase().includes(list.part.toLowerCase()))
      assert.ok(expected.length > 0 && expected.length < all.length, `${list.name}: the text tells nothing apart`)
      assert.deepEqual(found, expected, list.name)
      for (const key of list.keys) {
        assert.deepEqual(await entries(list, `searchKeyList=${key}&searchValueList=no%20such%20text`), [], list.name)
      }
    }
  })

  test('take what is searched for as it is, not as a pattern', async () => {
    const search = (text: string) =>
      root.list(`/api/users?searchKeyList=username&searchValueList=${encodeURIComponent(text)}`)
    assert.equal((await search('_%\\')).total, 1)
    assert.equal((await search('b_b')).total, 0)
    assert.equal((await search('%')).total, 1)
  })

  test('find letters of any script, whatever the case', async () => {
    await makeUser(root, 'ÉMILE Ωμέγα')
    for (const query of [
      `searchKeyList=username&searchValueList=${encodeURIComponent('émile ΩΜ')}`,
      'search=%C3%A9MILE',
    ]) {
      assert.equal((await root.list(`/api/users?${query}`)).total, 1, query)
    }
  })

  test('match all of several keys', async () => {
    const both = (name: string) =>
      root.list(`/api/users?searchKeyList=username,enabled&searchValueList=${name}&searchValueList=true`)
    assert.equal((await both('bob')).total, 1)
    const commas = await root.list('/api/users?searchKeyList=username,enabled&searchValueList=bob,false')
    assert.equal(commas.total, 0)
  })

  test('give every entry on exactly one page', async () => {
    for (const list of lists) {
      const { total } = await root.list(list.path)
      const seen: string[] = []
      for (let page = 1; page <= total; page++) {
        const { entries: found } = await root.list(`${list.path}?pageSize=1&pageNumber=${page}`)
        seen.push(...found.map(({ id = '' }) => id))
      }
      assert.equal(new Set(seen).size, total, list.name)
      assert.deepEqual((await root.list(`${list.path}?pageSize=1&pageNumber=${total + 1}`)).entries, [])
    }
  })

  test('answer the fields that are asked for alone', async () => {
    for (const list of lists) {
      const [found] = await entries(list, `fieldList=id&fieldList=${list.keys[0]}`)
      assert.deepEqual(Object.keys(found ?? {}).toSorted(), ['id', list.keys[0]].toSorted(), list.name)
    }
  })

  test('take parameters sent empty as not sent', async () => {
    for (const list of lists) {
      const [found] = await entries(list, 'fieldList=&searchKeyList=&searchValueList=')
      assert.deepEqual(found, (await entries(list, ''))[0], list.name)
    }
  })

  test('are as they stood at the enforced revision when asked for it, by every key', async () => {
    const team = await makeTeam(root, 'left as it was')
    const [ann, eve] = [await makeUser(root, 'past ann'), await makeUser(root, 'past eve')]
    await join(root, team, [ann])
    const enforced = await server.head()
    await join(root, team, [eve])
    await root.change(`DELETE /api/teams/${team}/members/${ann}`)
    await root.change(`PUT /api/teams/${team}`, { team: { name: 'renamed since' } })
    // Or what is still being published would move it on.
    await server.published()
    await enforceUpTo(server.database, enforced)
    const names = async (query: string) =>
      (await root.list(`/api/teams/${team}/members?${query}`)).entries.map(({ username }) => username)
    assert.deepEqual(await names(''), ['past eve'])
    for (const key of ['username', 'email', 'displayName', 'enabled', 'id']) {
      assert.deepEqual(await names(`queryEnforced=true&sortColumn=${key}`), ['past ann'], key)
    }
    assert.deepEqual(await names('queryEnforced=true&searchKeyList=username&searchValueList=eve'), [])
    assert.equal((await root.get(`/api/teams/${team}?queryEnforced=true`))['name'], 'left as it was')
    assert.equal((await root.get(`/api/teams/${team}`))['name'], 'renamed since')
    for (const list of lists) await root.list(`${list.path}?queryEnforced=true`)
  })
})
