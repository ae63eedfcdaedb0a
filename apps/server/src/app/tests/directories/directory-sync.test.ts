import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import {
  BASE,
  dnOfGroup,
  dnOfPerson,
  GROUP_BASE,
  ldifEntry,
  READER,
  USER_BASE,
} from '../../../../../../tools/slapd/scratch-ldif.ts'
import {
  type ScratchSlapd,
  type ScratchSlapdOptions,
  startScratchSlapd,
} from '../../../../../../tools/slapd/scratch-slapd.ts'
import type { ApiClient, Fields } from '../../testing/api-client.ts'
import { startCuttingProxy, startHoldingProxy } from '../../testing/directory-proxies.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

/** A person outside of the user base. */
const FAR = `uid=far,${GROUP_BASE}`

let server: ModelServer
let slapd: ScratchSlapd
/** Of the directory that the tests share: its people are users of one authority. */
let shared: string | undefined
before(async () => {
  server = await startModelServer()
  slapd = await startScratchSlapd({
    people: ['ada', 'bob', 'cid', 'dee', 'eve', 'flo'].map((uid) => ({ uid, cn: `${uid} of example` })),
    groups: [
      { cn: 'developers', members: [dnOfPerson('ada'), dnOfGroup('testers')] },
      { cn: 'testers', members: [dnOfPerson('bob'), dnOfGroup('developers'), dnOfPerson('gone')] },
      { cn: 'outside', members: [READER.dn, dnOfPerson('cid'), FAR] },
    ],
    ldif: [
      ldifEntry(`uid=a twin,ou=people,${BASE}`, { objectClass: 'inetOrgPerson', uid: 'flo', cn: 'Flo', sn: 'Flo' }),
      ldifEntry(FAR, { objectClass: 'inetOrgPerson', uid: 'far', cn: 'Far', sn: 'Far' }),
      ldifEntry(`cn=posix,${GROUP_BASE}`, {
        objectClass: 'posixGroup',
        cn: 'posix',
        gidNumber: '1',
        memberUid: ['dee', 'eve'],
      }),
    ].join(''),
  })
})
after(async () => {
  await slapd?.[Symbol.asyncDispose]()
  await server?.[Symbol.asyncDispose]()
})

interface Managed {
  readonly api: ApiClient
  readonly team: string
  readonly authority: string
  /** Has the directory answer from another server from now on. */
  moveTo(url: string): Promise<void>
  usernames(): Promise<(string | undefined)[]>
  sync(body?: object): Promise<Fields>
}

interface Query {
  readonly api?: ApiClient
  readonly url?: string
  readonly filter: string
  readonly parentTeam?: string
  readonly authority?: string
}

/** A team that takes its members from a directory. */
async function makeManaged({ api = server.root, url = slapd.url, filter, ...given }: Query): Promise<Managed> {
  const name = randomUUID()
  const bodyFor = (at: string) => ({
    ldapAuthority: {
      name,
      url: at,
      userBase: USER_BASE,
      groupBase: GROUP_BASE,
      bindDn: READER.dn,
      bindPassword: READER.password,
    },
  })
  const known = given.authority ?? (url === slapd.url ? shared : undefined)
  const authority = known ?? (await api.change('POST /api/ldapauthorities', bodyFor(url))).entityId
  if (url === slapd.url) shared ??= authority
  const team = { name, ldapAuthority: authority, ldapFilter: filter, parentTeam: given.parentTeam }
  const { entityId } = await api.change('POST /api/teams', { team })
  return {
    api,
    team: entityId,
    authority,
    moveTo: async (at) => {
      await api.change(`PUT /api/ldapauthorities/${authority}`, bodyFor(at))
    },
    usernames: async () =>
      (await api.list(`/api/teams/${entityId}/members?pageSize=1000`)).entries.map(({ username }) => username),
    sync: async (body) => {
      const reply = await api.send(`POST /api/teams/${entityId}/sync`, body && { teamsync: body })
      assert.equal(reply.status, 200, reply.text)
      return reply.content as Fields
    },
  }
}

async function withSlapd(options: ScratchSlapdOptions, work: (other: ScratchSlapd) => Promise<void>): Promise<void> {
  await using other = await startScratchSlapd(options)
  await work(other)
}

function uids(...names: string[]): string {
  return `(|${names.map((name) => `(uid=${name})`).join('')})`
}

for (const format of FORMATS) {
  describe(`a sync, in ${format}`, () => {
    test('takes in whom the query finds, makes users of those who are none, and changes nothing the next time', async () => {
      const api = server.root.in(format)
      const { team, usernames, sync } = await makeManaged({ api, filter: uids('ada', 'bob') })
      assert.equal(await api.problem(`GET /api/teams/${team}/sync`), '404 sync.never')
      const first = await sync()
      assert.deepEqual([first['outcome'], first['found'], first['added']], ['COMPLETED', '2', '2'])
      assert.deepEqual(await usernames(), ['ada', 'bob'])
      const task = await api.get(`/api/task/${first['taskId']}`)
      assert.deepEqual([task['type'], task['state']], ['team.sync', 'COMPLETED'])
      const head = await server.head()
      const second = await sync()
      assert.deepEqual([second['found'], second['added'], second['taskId']], ['2', '0', undefined])
      assert.equal(await server.head(), head)
      assert.equal((await api.get(`/api/teams/${team}/sync`))['added'], '0')
      const user = await api.get('/api/users/byusername?username=ada')
      assert.deepEqual(
        [user['displayName'], user['email'], user['ldapDn']],
        ['ada of example', 'ada@example.org', dnOfPerson('ada')],
      )
    })

    test('says beforehand what it would change, and changes nothing by that', async () => {
      const api = server.root.in(format)
      const { team } = await makeManaged({ api, filter: '(uid=*)' })
      const head = await server.head()
      const preview = await api.get(`/api/teams/${team}/sync/preview`)
      assert.equal(preview['needsConfirmation'], 'false')
      // Of the two entries with one username the second is left out, and it says so.
      assert.deepEqual([preview['found'], preview['added'], preview['skipped']], ['6', '6', '1'])
      assert.equal(await server.head(), head)
    })
  })
}

describe('a sync', () => {
  test('takes groups for their members, nested ones and circles too', async () => {
    const nested = await makeManaged({ filter: '(cn=developers)' })
    await nested.sync()
    assert.deepEqual(await nested.usernames(), ['ada', 'bob'])
    // A group may name who is no user at all, and who is none of this authority.
    const partly = await makeManaged({ filter: '(cn=outside)' })
    assert.equal((await partly.sync())['skipped'], '1')
    assert.deepEqual(await partly.usernames(), ['cid'])
    const byName = await makeManaged({ filter: '(cn=posix)' })
    await byName.sync()
    assert.deepEqual(await byName.usernames(), ['dee', 'eve'])
  })

  test('of a group too large to look up one by one finds the same', async () => {
    const people = Array.from({ length: 250 }, (_, index) => ({ uid: `many${index}` }))
    const groups = [
      { cn: 'all', members: people.map(({ uid }) => dnOfPerson(uid)) },
      { cn: 'nested', members: [dnOfGroup('all'), dnOfPerson('gone')] },
    ]
    await withSlapd({ people, groups }, async ({ url }) => {
      for (const filter of ['(cn=all)', '(cn=nested)']) {
        const { sync } = await makeManaged({ url, filter })
        assert.equal((await sync())['found'], '250', filter)
      }
    })
  })

  test('takes out who is not found any longer, and asks first when that is more than the share', async () => {
    const people = Array.from({ length: 10 }, (_, index) => ({ uid: `share${index}` }))
    await withSlapd({ people }, async ({ url }) => {
      const { api, team, sync, usernames, moveTo } = await makeManaged({ url, filter: '(uid=share*)' })
      await sync()
      await withSlapd({ people: people.slice(2) }, async (fewer) => {
        await moveTo(fewer.url)
        assert.equal((await sync())['removed'], '2')
      })
      await withSlapd({ people: people.slice(4) }, async (fewer) => {
        await moveTo(fewer.url)
        assert.equal(await api.problem(`POST /api/teams/${team}/sync`), '409 sync.needs_confirmation')
        assert.equal((await usernames()).length, 8)
        const run = await api.get(`/api/teams/${team}/sync`)
        assert.deepEqual([run['outcome'], run['removed']], ['NEEDS_CONFIRMATION', '2'])
        assert.equal((await api.get(`/api/teams/${team}/sync/preview`))['needsConfirmation'], 'true')
        const tooFew = { teamsync: { maxRemovals: 1 } }
        assert.equal(await api.problem(`POST /api/teams/${team}/sync`, tooFew), '409 sync.needs_confirmation')
        await sync({ maxRemovals: 2 })
        assert.equal((await usernames()).length, 6)
      })
    })
  })

  test('never acts on a part of the answer', async () => {
    const people = Array.from({ length: 600 }, (_, index) => ({ uid: `limit${index}` }))
    await withSlapd({ people }, async (whole) => {
      const { api, team, sync, usernames, moveTo } = await makeManaged({ url: whole.url, filter: '(uid=limit*)' })
      await sync()
      const before = await usernames()
      assert.equal(before.length, 600)
      await withSlapd({ people, sizeLimit: 500 }, async (limited) => {
        await moveTo(limited.url)
        assert.equal(await api.problem(`POST /api/teams/${team}/sync`), '503 directory.size_limit')
        assert.equal(await api.problem(`GET /api/teams/${team}/sync/preview`), '503 directory.size_limit')
      })
      await using cut = await startCuttingProxy(whole.url, 40_000)
      await moveTo(cut.url)
      assert.equal(await api.problem(`POST /api/teams/${team}/sync`), '503 directory.connection_lost')
      assert.equal((await api.get(`/api/teams/${team}/sync`))['outcome'], 'FAILED')
      await moveTo('ldap://127.0.0.1:9')
      assert.equal(await api.problem(`POST /api/teams/${team}/sync`), '503 directory.unreachable')
      assert.deepEqual(await usernames(), before)
    })
  })

  test('keeps a subteam within the managed team above', async () => {
    const above = await makeManaged({ filter: uids('ada', 'bob') })
    await above.sync()
    const below = await makeManaged({
      filter: uids('bob', 'cid'),
      parentTeam: above.team,
      authority: above.authority,
    })
    const run = await below.sync()
    assert.deepEqual([run['added'], run['skipped']], ['1', '1'])
    assert.deepEqual(await below.usernames(), ['bob'])
    assert.deepEqual(await above.usernames(), ['ada', 'bob'])
  })

  test('takes a local user of the same name for the person, and one of another directory for somebody else', async () => {
    const api = server.root
    const people = [{ uid: 'local one' }, { uid: 'elsewhere' }]
    await withSlapd({ people }, async ({ url }) => {
      const local = await makeUser(api, 'local one')
      const other = await makeManaged({ url, filter: '(uid=elsewhere)' })
      await other.sync()
      const { sync, usernames } = await makeManaged({ url, filter: '(uid=*)' })
      assert.equal((await sync())['skipped'], '1')
      assert.deepEqual(await usernames(), ['local one'])
      assert.equal((await api.get(`/api/users/${local}`))['ldapDn'], undefined)
    })
  })

  test('gives nobody the account of who has the same username, until that entry is gone', async () => {
    const second = `uid=same,ou=second,${USER_BASE}`
    const ldif = [
      ldifEntry(`ou=second,${USER_BASE}`, { objectClass: 'organizationalUnit', ou: 'second' }),
      ldifEntry(second, { objectClass: 'inetOrgPerson', uid: 'same', cn: 'second', sn: 'second' }),
    ].join('')
    await withSlapd({ people: [{ uid: 'same', cn: 'first' }], ldif }, async ({ url }) => {
      const { sync: syncFirst, authority } = await makeManaged({ url, filter: '(cn=first)' })
      await syncFirst()
      const { api, sync, usernames, moveTo } = await makeManaged({ url, filter: '(cn=second)', authority })
      assert.equal((await sync())['skipped'], '1')
      const entry = async () => (await api.get('/api/users/byusername?username=same'))['ldapDn']
      assert.deepEqual([await usernames(), await entry()], [[], dnOfPerson('same')])
      await withSlapd({ ldif }, async (later) => {
        await moveTo(later.url)
        await sync()
        assert.deepEqual([await usernames(), await entry()], [['same'], second])
      })
    })
  })

  test('gives up what it read when it was overtaken, by another sync or a change of what is asked', async () => {
    const people = [{ uid: 'early' }]
    await withSlapd({ people }, async (before) => {
      await withSlapd({ people: [{ uid: 'late' }] }, async (after) => {
        const filter = uids('early', 'late')
        const overtake: Readonly<Record<string, (managed: Managed) => Promise<unknown>>> = {
          'a later synchronisation took place': ({ sync }) => sync(),
          'the LDAP authority was changed': ({ moveTo }) => moveTo(after.url),
          'the query of the team was changed': ({ api, team, authority: ldapAuthority }) =>
            api.change(`PUT /api/teams/${team}`, { team: { name: team, ldapAuthority, ldapFilter: uids('late') } }),
        }
        for (const [reason, act] of Object.entries(overtake)) {
          await using proxy = await startHoldingProxy(before.url, after.url)
          const managed = await makeManaged({ url: proxy.url, filter })
          const held = managed.api.send(`POST /api/teams/${managed.team}/sync`, { teamsync: { maxRemovals: 1 } })
          await proxy.held
          await act(managed)
          proxy.release()
          const { status, text } = await held
          assert.equal(status, 409, text)
          assert.match(text, new RegExp(`sync\\.changed_meanwhile.*${reason}`))
          assert.ok(!(await managed.usernames()).includes('early'), reason)
        }
      })
    })
  })

  test('brings the members of whoever was added by hand before', async () => {
    const api = server.root
    const team = await makeTeam(api, randomUUID())
    await join(api, team, [await makeUser(api, randomUUID())])
    const { authority } = await makeManaged({ filter: '(uid=ada)' })
    await api.change(`PUT /api/teams/${team}`, {
      team: { name: randomUUID(), ldapAuthority: authority, ldapFilter: uids('ada') },
    })
    assert.equal(await api.problem(`POST /api/teams/${team}/sync`), '409 sync.needs_confirmation')
    assert.equal((await api.send(`POST /api/teams/${team}/sync`, { teamsync: { maxRemovals: 1 } })).status, 200)
    const members = await api.list(`/api/teams/${team}/members`)
    assert.deepEqual(
      members.entries.map(({ username }) => username),
      ['ada'],
    )
  })

  test('happens on schedule, once', async () => {
    const { api, team, usernames } = await makeManaged({ filter: uids('eve') })
    const settings = { settings: { directorySyncSchedule: '30 2 * * *' } }
    assert.equal((await api.send('PUT /api/settings', settings)).status, 200)
    await server.runSchedules(new Date())
    assert.deepEqual(await usernames(), [])
    const tomorrow = new Date(Date.now() + 25 * 60 * 60 * 1000)
    await server.runSchedules(tomorrow)
    assert.deepEqual(await usernames(), ['eve'])
    const { startedAt } = await api.get(`/api/teams/${team}/sync`)
    await server.runSchedules(tomorrow)
    assert.equal((await api.get(`/api/teams/${team}/sync`))['startedAt'], startedAt)
    await api.send('PUT /api/settings', { settings: { directorySyncSchedule: null } })
  })

  test('is for who manages the members', async () => {
    const { api, team } = await makeManaged({ filter: uids('ada') })
    const [leader, viewer] = [
      await server.signIn(),
      await server.signIn({ role: 'admin', flags: ['allow_view_users'] }),
    ]
    const acts = [`GET /api/teams/${team}/sync/preview`, `POST /api/teams/${team}/sync`]
    for (const act of acts) {
      assert.match(await leader.problem(act), /^403 /)
      assert.match(await viewer.problem(act), /^403 /)
    }
    await api.change(`POST /api/teams/${team}/leaders/${leader.userId}`, {
      teamadminpermission: { manageMembers: true },
    })
    for (const act of acts) assert.equal((await leader.send(act)).status, 200)
    assert.equal((await viewer.send(`GET /api/teams/${team}/sync`)).status, 200)
    assert.equal(await api.problem(`POST /api/teams/${randomUUID()}/sync`), '404 team.not_found')
    const plain = await makeTeam(api, randomUUID())
    assert.equal(await api.problem(`POST /api/teams/${plain}/sync`), '400 sync.no_query')
  })
})
