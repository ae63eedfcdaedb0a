import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

interface Scene {
  readonly api: ApiClient
  readonly user: string
  readonly username: string
  readonly team: string
  readonly repository: string
}

/** A user whom a rule of a team lets read the root of a repository. */
async function makeScene(api: ApiClient, name: string): Promise<Scene> {
  const user = await makeUser(api, name)
  const repository = await makeRepository(api, name)
  const team = await makeTeam(api, name)
  await join(api, team, [user])
  const resource = await makeResource(api, { team, repository: name })
  await makeRule(api, { team, name: 'readers', members: [user], permissions: [{ resource, type: 'READ' }] })
  return { api, user, username: name, team, repository }
}

function fileOf({ username }: Scene): Promise<string> {
  return readFile(joinPath(server.authzDir, `${username}.authz`), 'utf8')
}

for (const format of FORMATS) {
  describe(`users, in ${format}`, () => {
    test('lists what a user is part of, at the head and before it', async () => {
      const { api, user, team } = await makeScene(server.root.in(format), `parts-${format}`)
      const revision = await server.head()
      const below = await makeTeam(api, 'below', team)
      await join(api, below, [user])
      const teams = await api.list(`/api/users/${user}/teams?sortAscending=false`)
      assert.deepEqual(teams.entries.map(({ id }) => id).sort(), [team, below].sort())
      const past = await api.list(`/api/users/${user}/teams?revision=${revision}&searchKeyList=name&searchValueList=A`)
      assert.deepEqual(
        past.entries.map(({ id }) => id),
        [team],
      )
      const rules = await api.list(`/api/users/${user}/rules`)
      assert.deepEqual(
        rules.entries.map(({ ruleName }) => ruleName),
        ['readers'],
      )
      assert.equal((await api.list(`/api/users/${user}/leaderships`)).total, 0)
    })

    test('counts what users are part of', async () => {
      const { api, user } = await makeScene(server.root.in(format), `counts-${format}`)
      const { counts } = (await api.get(`/api/users/counts?id=${user}`)) as unknown as { counts: unknown }
      const [entry] = [counts].flat()
      assert.deepEqual(
        Object.fromEntries(Object.entries(entry as object).map(([key, value]) => [key, String(value)])),
        { id: user, teams: '1', rules: '1', resources: '1' },
      )
      assert.equal(await api.problem(`GET /api/users/counts?id=${user},${randomUUID()}`), '404 user.unknown_ids')
      assert.equal(await api.problem('GET /api/users/counts?id=me'), '400 request.invalid')
    })

    test('counts as they were at an earlier revision', async () => {
      const { api, user, team } = await makeScene(server.root.in(format), `before-${format}`)
      const revision = await server.head()
      await api.change(`DELETE /api/teams/${team}`)
      const countsAt = async (query: string) => {
        const { counts } = (await api.get(`/api/users/counts?id=${user}${query}`)) as unknown as { counts: unknown }
        const { teams, rules, resources } = ([counts].flat() as Record<string, unknown>[])[0] ?? {}
        return [teams, rules, resources].map(String)
      }
      assert.deepEqual(await countsAt(''), ['0', '0', '0'])
      assert.deepEqual(await countsAt(`&revision=${revision}`), ['1', '1', '1'])
    })

    test('finds a user by the exact name', async () => {
      const api = server.root.in(format)
      const name = `Exact ${format} ü`
      const id = await makeUser(api, name)
      const query = new URLSearchParams({ username: name })
      assert.equal((await api.get(`/api/users/byusername?${query}`))['id'], id)
      const missing = await api.problem(`GET /api/users/byusername?username=${encodeURIComponent(name.toLowerCase())}`)
      assert.equal(missing, '404 user.unknown_username')
      assert.equal(await api.problem('GET /api/users/byusername'), '400 request.invalid')
    })

    test('changes what may change, and says what stays', async () => {
      const api = server.root.in(format)
      const id = await makeUser(api, `changed-${format}`)
      await api.change(`PUT /api/users/${id}`, { user: { displayName: 'Changed', email: `c@${format}.example` } })
      const user = await api.get(`/api/users/${id}`)
      assert.deepEqual([user['displayName'], user['email']], ['Changed', `c@${format}.example`])
      await api.change(`PUT /api/users/${id}`, { user: { username: `changed-${format}`, enabled: true } })
      assert.equal((await api.get(`/api/users/${id}`))['displayName'], undefined)
      for (const [field, value, code] of [
        ['username', 'other', 'user.fixed'],
        ['id', randomUUID(), 'user.fixed'],
        ['enabled', false, 'user.has_acts'],
        ['password', 'secret password', 'request.invalid'],
      ] as const) {
        assert.equal(await api.problem(`PUT /api/users/${id}`, { user: { [field]: value } }), `400 ${code}`, field)
      }
    })

    test('disabling takes a user out of the files, enabling brings the files back', async () => {
      const scene = await makeScene(server.root.in(format), `switched-${format}`)
      await server.published()
      assert.match(await fileOf(scene), new RegExp(`^${scene.username} = r$`, 'm'))
      const { taskId } = await scene.api.change(`PUT /api/users/${scene.user}/disable`)
      await scene.api.enforced(taskId)
      assert.doesNotMatch(await fileOf(scene), new RegExp(`${scene.username} = r`))
      assert.equal((await scene.api.get(`/api/users/${scene.user}`))['enabled'], 'false')
      await scene.api.change(`POST /api/users/${scene.user}/disable`)
      await scene.api.enforced((await scene.api.change(`POST /api/users/${scene.user}/enable`)).taskId)
      assert.match(await fileOf(scene), new RegExp(`^${scene.username} = r$`, 'm'))
    })
  })
}

async function makeAuthority(): Promise<string> {
  const ldapAuthority = { name: randomUUID(), url: 'ldap://127.0.0.1:9', userBase: 'dc=example,dc=org' }
  return (await server.root.change('POST /api/ldapauthorities', { ldapAuthority })).entityId
}

test('refuses the name of a directory entry that no index holds', async () => {
  const letters = Array.from({ length: 1500 }, () => String.fromCharCode(randomInt(0x4e00, 0x9fa0)))
  const user = { ldapAuthority: await makeAuthority(), ldapDn: `cn=${letters.join('')}` }
  const made = { username: randomUUID(), ...user }
  assert.equal(await server.root.problem('POST /api/users', { user: made }), '400 user.long_entry')
  const { entityId } = await server.root.change('POST /api/users', { user: { username: randomUUID() } })
  assert.equal(await server.root.problem(`PUT /api/users/${entityId}`, { user }), '400 user.long_entry')
})

describe('no two accounts', () => {
  const make = (user: object) => server.root.problem('POST /api/users', { user: { username: randomUUID(), ...user } })
  const created = async (user: object) =>
    (await server.root.change('POST /api/users', { user: { username: randomUUID(), ...user } })).entityId

  test('are one directory entry, however it is written', async () => {
    const ldapAuthority = await makeAuthority()
    const boss = await created({ ldapAuthority, ldapDn: 'uid=boss,dc=example' })
    const same = { ldapAuthority, ldapDn: 'UID=Boss,dc=example' }
    assert.equal(await make(same), '400 user.entry_taken')
    const other = await created({ ldapAuthority: await makeAuthority(), ldapDn: 'uid=boss,dc=example' })
    assert.equal(await server.root.problem(`PUT /api/users/${other}`, { user: same }), '400 user.entry_taken')
    await server.root.change(`PUT /api/users/${boss}`, { user: { ...same, displayName: 'Boss' } })
  })

  test('sign in with one address, be the password here or in a directory', async () => {
    const ldapAuthority = await makeAuthority()
    const [here, there] = [`${randomUUID()}@example.org`, `${randomUUID()}@example.org`]
    await created({ email: here, password: 'correct-horse' })
    const boss = await created({ email: there, ldapAuthority, ldapDn: 'uid=boss' })
    const taken = '400 user.email_taken'
    for (const email of [here, there.toUpperCase()]) {
      assert.equal(await make({ email, password: 'correct-horse' }), taken)
      assert.equal(await make({ email, ldapAuthority }), taken)
      await created({ email })
    }
    assert.equal(await server.root.problem(`PUT /api/users/${boss}`, { user: { email: here, ldapAuthority } }), taken)
    await server.root.change(`PUT /api/users/${boss}`, { user: { email: there, ldapAuthority, ldapDn: 'uid=chief' } })
  })
})

describe('who may', () => {
  test('passwords are hashed for nobody who may make no user, however many are sent', async () => {
    const team = await makeTeam(server.root, `closed-${randomUUID()}`)
    const api = await server.signIn()
    const user = { username: 'mallory', email: 'mallory@example.org', password: 'correct-horse' }
    for (const operation of ['POST /api/users', `POST /api/teams/${team}/members/new`]) {
      // More than may wait for being hashed: the rest would be told that the server is busy.
      const attempts = Array.from({ length: 300 }, () => api.problem(operation, { user }))
      assert.deepEqual([...new Set(await Promise.all(attempts))], ['403 access.flag_missing'], operation)
    }
  })

  test('everybody sees themselves, and nobody else without a flag', async () => {
    const api = await server.signIn()
    const other = await makeUser(server.root, 'other')
    for (const part of ['', '/teams', '/rules', '/leaderships']) {
      assert.equal(await api.problem(`GET /api/users/${other}${part}`), '403 access.flag_missing')
      const self = await api.send(`GET /api/users/${api.userId}${part}`)
      assert.equal(self.status, 200, part)
    }
  })

  test('admins are changed and disabled by who may modify admins alone, superadmins by superadmins', async () => {
    const plain = await server.signIn()
    const admin = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
    const superadmin = await server.signIn({ role: 'superadmin', flags: ['allow_modify_teams'] })
    const ofUsers = await server.signIn({ role: 'admin', flags: ['allow_modify_users'] })
    const ofAdmins = await server.signIn({ role: 'admin', flags: ['allow_modify_admins'] })
    const acts = [
      (id: string) => ['PUT', `/api/users/${id}/disable`, undefined] as const,
      (id: string) => ['PUT', `/api/users/${id}/enable`, undefined] as const,
      (id: string) => ['PUT', `/api/users/${id}`, { user: {} }] as const,
    ]
    for (const act of acts) {
      const statusFor = async (caller: ApiClient, { userId }: ApiClient) => {
        const [method, path, body] = act(userId)
        return (await caller.send(`${method} ${path}`, body)).status
      }
      assert.equal(await statusFor(ofUsers, plain), 202)
      assert.equal(await statusFor(ofUsers, admin), 403)
      assert.equal(await statusFor(ofAdmins, plain), 403)
      assert.equal(await statusFor(ofAdmins, admin), 202)
      assert.equal(await statusFor(ofAdmins, superadmin), 403)
    }
    await server.root.change(`PUT /api/users/${admin.userId}/enable`).catch(() => undefined)
  })

  test('a disabled user is refused at once, also with a token', async () => {
    const user = await server.signIn()
    assert.equal((await user.send(`GET /api/users/${user.userId}`)).status, 200)
    await server.root.change(`PUT /api/users/${user.userId}/disable`)
    assert.equal((await user.send(`GET /api/users/${user.userId}`)).status, 401)
  })

  test('whoever says which directory entry an admin is holds every flag of that admin', async () => {
    const ofAdmins = await server.signIn({ role: 'admin', flags: ['allow_modify_admins'] })
    const admin = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
    const ldapAuthority = await makeAuthority()
    const link = [`PUT /api/users/${admin.userId}`, { user: { ldapAuthority, ldapDn: 'uid=own' } }] as const
    assert.equal(await ofAdmins.problem(...link), '403 admin.flag_not_held')
    await ofAdmins.change(`PUT /api/users/${admin.userId}`, { user: { displayName: 'Admin' } })
    const flags = ['allow_modify_admins', 'allow_modify_teams'] as const
    await (await server.signIn({ role: 'admin', flags })).change(...link)
  })

  test('nobody disables the last superadmin who can appoint admins, or themselves', async () => {
    const own = await server.signIn({ role: 'admin', flags: ['allow_modify_admins'] })
    assert.equal(await own.problem(`PUT /api/users/${own.userId}/disable`), '409 admin.own_last_right')
    const one = await server.signIn({ role: 'superadmin', flags: ['allow_modify_admins'] })
    const two = await server.signIn({ role: 'superadmin', flags: ['allow_modify_admins'] })
    await one.change(`PUT /api/users/${two.userId}/disable`)
    const held = await server.signIn({ role: 'superadmin', flags: ['allow_modify_users', 'allow_modify_admins'] })
    await held.change(`PUT /api/users/${one.userId}/disable`)
    assert.equal(await held.problem(`PUT /api/users/${held.userId}/disable`), '409 admin.own_last_right')
  })
})
