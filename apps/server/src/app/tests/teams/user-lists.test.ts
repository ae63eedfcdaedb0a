import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeUser } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

describe('a list of users', () => {
  let server: ModelServer
  before(async () => {
    server = await startModelServer()
    const { root } = server
    for (const user of [
      { username: 'ann', displayName: 'Anne Smith', email: 'a1@sea.example' },
      { username: 'bob', displayName: 'Bob 100%', email: 'Bob@SEA.example' },
      { username: 'smithers', displayName: 'Cy', email: 'c@land.example' },
      { username: 'dan', displayName: 'Ünal', email: 'd@land.example' },
    ]) {
      await root.change('POST /api/users', { user })
    }
    await root.change(`PUT /api/users/${await idOf('dan')}/disable`)
  })
  after(() => server[Symbol.asyncDispose]())

  async function idOf(username: string): Promise<string> {
    return (await server.root.get(`/api/users/byusername?username=${username}`))['id'] ?? ''
  }

  async function found(api: ApiClient, query: string): Promise<string> {
    const { entries, total } = await api.list(`/api/users?${query}`)
    assert.equal(total, entries.length)
    // Whoever asks is a user, too.
    return entries.flatMap(({ username = '' }) => (username.startsWith('caller') ? [] : [username])).join()
  }

  for (const format of FORMATS) {
    test(`in ${format}: is searched by one text in the username, the name and the email address`, async () => {
      const api = server.root.in(format)
      assert.equal(await found(api, 'search=SMITH'), 'ann,smithers')
      assert.equal(await found(api, 'search=sea.ex'), 'ann,bob')
      assert.equal(await found(api, 'search=100%25'), 'bob')
      assert.equal(await found(api, 'search=%25'), 'bob')
      assert.equal(await found(api, `search=${encodeURIComponent('Ünal')}`), 'dan')
      assert.equal(await found(api, 'search=nobody'), '')
      assert.equal(await found(api, 'search='), 'ann,bob,dan,smithers')
    })

    test(`in ${format}: is narrowed by state and role, each beside the rest`, async () => {
      const api = server.root.in(format)
      assert.equal(await found(api, 'enabled=false'), 'dan')
      assert.equal(await found(api, 'enabled=true'), 'ann,bob,smithers')
      assert.equal(await found(api, 'enabled=true&search=smith&sortColumn=email&sortAscending=false'), 'smithers,ann')
      assert.equal(await found(api, 'search=smith&searchKeyList=email&searchValueList=sea'), 'ann')
      assert.equal(await found(api, 'role=user&enabled=false'), 'dan')
      assert.equal(await found(api, 'role=admin'), '')
    })

    test(`in ${format}: names what is no role, no state and no parameter`, async () => {
      const api = server.root.in(format)
      for (const query of ['role=boss', 'enabled=perhaps', 'roles=admin', `search=${'x'.repeat(257)}`]) {
        assert.equal(await api.problem(`GET /api/users?${query}`), '400 request.invalid', query)
      }
    })
  }

  test('by role it follows who is made an admin, which makes no revision: nothing of it is kept', async () => {
    const boss = await server.signIn({ role: 'superadmin', flags: ['allow_view_users', 'allow_modify_admins'] })
    const id = await makeUser(server.root, 'eve')
    const ask = () => boss.send('GET /api/users?role=admin&search=eve')
    const appoint = (role: string) => boss.send(`PUT /api/users/${id}/admin`, { '': { role, flags: [] } })
    const first = await ask()
    assert.equal(first.headers.get('etag'), null)
    assert.equal(await found(boss, 'role=admin&search=eve'), '')
    const head = await server.head()
    assert.equal((await appoint('admin')).status, 200)
    assert.equal(await server.head(), head)
    assert.equal(await found(boss, 'role=admin&search=eve'), 'eve')
    assert.equal(await found(boss, 'role=user&search=eve'), '')
    assert.match((await boss.send('GET /api/users?search=eve')).headers.get('etag') ?? '', /^W\//)
  })
})
