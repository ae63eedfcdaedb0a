import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { type AccessScene, type Caller, startAccessScene } from '../../testing/access-scene.ts'
import { check, enforced } from '../../testing/access-steps.ts'
import { ApiClient, type Fields } from '../../testing/api-client.ts'
import { join, makeResource, makeRule, makeTeam } from '../../testing/model-steps.ts'

/** How each of those who might may use the data source. */
const EXPECTED = {
  creator: 'stewardship allows',
  steward: 'stewardship allows',
  groupSteward: 'stewardship allows',
  admin: 'stewardship allows',
  member: 'permission allows',
  denied: 'permission refuses',
  stranger: 'rule refuses',
  otherAdmin: 'rule refuses',
} as const

const TAKE_FLAGS = statement('test.take-all-flags', `update app_user set flags = '{}' where id = $1`)

type Name = keyof typeof EXPECTED

describe('checks of data sources', () => {
  let scene: AccessScene
  let callers: Readonly<Record<Name, Caller>>
  let dataSource: number
  let credentials: number
  before(async () => {
    scene = await startAccessScene()
    const { root } = scene
    const admin = { role: 'admin', flags: ['allow_modify_datasources'] } as const
    callers = {
      creator: await scene.addCaller(),
      steward: await scene.addCaller(),
      groupSteward: await scene.addCaller(),
      admin: await scene.addCaller(admin),
      member: await scene.addCaller(),
      denied: await scene.addCaller(),
      stranger: await scene.addCaller(),
      otherAdmin: await scene.addCaller({ role: 'admin', flags: ['allow_modify_teams'] }),
    }
    const above = await make(root, 'groups', {
      name: 'above',
      membersType: 'datasource',
      stewards: [callers.groupSteward.id],
    })
    const group = await make(root, 'groups', {
      name: 'group',
      membersType: 'datasource',
      parentId: above,
      stewards: [callers.creator.id],
    })
    const made = { name: 'orders', databaseType: 'PostgreSQL', stewards: [callers.steward.id], groupId: group }
    dataSource = await make(callers.creator.api, 'datasources', made)
    const account = { name: 'orders', username: 'app', password: 'x' }
    credentials = await make(root, 'logincredentials', account)
    await root.send(`PUT /v1/datasources/${dataSource}`, { datasource: { loginCredentials: [credentials] } })
    await root.send(`PUT /v1/groups/${group}`, { group: { stewards: [] } })
    const team = await makeTeam(root, 'analysts')
    await join(root, team, [callers.member.id, callers.denied.id])
    const resource = await makeResource(root, { team, repository: `datasource:${dataSource}` })
    const both = [callers.member.id, callers.denied.id]
    await makeRule(root, { team, name: 'readers', members: both, permissions: [{ resource, type: 'READ' }] })
    const denied = [callers.denied.id]
    await makeRule(root, { team, name: 'not', members: denied, permissions: [{ resource, type: 'NONE' }] })
    await enforced(root)
  })
  after(() => scene[Symbol.asyncDispose]())

  async function make(api: ApiClient, of: string, fields: object): Promise<number> {
    const reply = await api.send(`POST /v1/${of}`, { body: fields })
    assert.equal(reply.status, 200, reply.text)
    const [made] = Object.values(reply.content as Readonly<Record<string, Fields>>)
    return Number(made?.['id'])
  }

  function checksOut(token: string): Promise<boolean> {
    return checksOutOf(token, { dataSource, credentials })
  }

  async function checksOutOf(token: string, of: { dataSource: number; credentials: number }, query = '') {
    const api = new ApiClient({ url: scene.url, token })
    const { status, text } = await api.send(`POST /v1/logincredentials/${of.credentials}/checkout${query}`, {
      checkout: { dataSource: of.dataSource, reason: 'test' },
    })
    assert.ok([200, 403].includes(status), text)
    return status === 200
  }

  for (const [name, expected] of Object.entries(EXPECTED) as [Name, string][]) {
    test(`${name}: ${expected}, as at checkout`, async () => {
      const { id, token } = callers[name]
      const decided = await check(scene.root, { user: id, dataSource })
      assert.equal(decided.ending, expected)
      assert.equal(decided.allowed, await checksOut(token))
      assert.equal((await check(scene.root, { token, dataSource })).ending, expected)
    })
  }

  test('a superadmin in another organisation: as at checkout, and as listed', async () => {
    const organisation = await scene.addOrganisation('elsewhere')
    const query = `?organisation=${organisation}`
    const role = 'superadmin'
    const visitors = {
      admin: await scene.addCaller({ role, flags: ['allow_modify_datasources'] }),
      creator: await scene.addCaller({ role, flags: ['allow_modify_datasources'] }),
      stranger: await scene.addCaller({ role }),
    }
    const database = { name: 'theirs', databaseType: 'PostgreSQL' }
    const there = {
      dataSource: await make(visitors.creator.api, `datasources${query}`, database),
      credentials: await make(scene.root, `logincredentials${query}`, { name: 'theirs', username: 'a', password: 'x' }),
    }
    await scene.database.query(TAKE_FLAGS, [visitors.creator.id])
    const linked = { datasource: { loginCredentials: [there.credentials] } }
    assert.equal((await scene.root.send(`PUT /v1/datasources/${there.dataSource}${query}`, linked)).status, 200)
    const expected = { admin: true, creator: true, stranger: false }
    for (const [name, { id, token, api }] of Object.entries(visitors)) {
      const allowed = expected[name as keyof typeof expected]
      assert.equal(await checksOutOf(token, there, query), allowed, name)
      for (const subject of [{ user: id }, { token }]) {
        const decided = await check(api, { ...subject, dataSource: there.dataSource }, query)
        assert.equal(decided.ending, allowed ? 'stewardship allows' : 'rule refuses', name)
      }
      const { entries } = await api.list(`/api/access/what${query}`)
      assert.deepEqual(
        entries.map((entry) => [entry['dataSource'], entry['because']]),
        allowed ? [[`${there.dataSource}`, name]] : [],
      )
      const viewer = await scene.addCaller({ role: 'admin', flags: ['allow_view_users'], organisation })
      const body = { check: { user: id, dataSource: there.dataSource } }
      assert.equal(await viewer.api.problem('POST /api/access/check', body), '404 access_ask.unknown_user')
    }
  })

  test('no app is let near login credentials, whoever it acts for', async () => {
    const client = await scene.addClient()
    await scene.permit(client, true)
    const connector = await scene.addConnector(callers.steward.id, client)
    const tokens = [await scene.tokenOfApp(callers.steward.id, client), await scene.tokenOfConnector(connector.id)]
    for (const token of tokens) {
      assert.equal((await check(scene.root, { token, dataSource })).ending, 'stewardship refuses')
      assert.equal(await checksOut(token), false)
    }
  })

  test('who uses a data source is told with the part that lets them', async () => {
    const { entries } = await scene.root.list(`/api/access/who?dataSource=${dataSource}&pageSize=1000`)
    const because = new Map(entries.map(({ userId, because }) => [userId, because]))
    assert.deepEqual(
      Object.values(callers).map(({ id }) => because.get(id)),
      ['creator', 'steward', 'steward', 'admin', 'rule', undefined, undefined, undefined],
    )
  })

  test('what somebody uses is told likewise', async () => {
    const told = await Promise.all(
      Object.values(callers).map(async ({ id }) => {
        const { entries } = await scene.root.list(`/api/access/what?user=${id}`)
        return entries.map((entry) => `${entry['dataSource']} ${entry['permission']} ${entry['because']}`).join()
      }),
    )
    const all = `${dataSource} READ_WRITE`
    assert.deepEqual(told, [
      `${all} creator`,
      `${all} steward`,
      `${all} steward`,
      `${all} admin`,
      `${dataSource} READ rule`,
      `${dataSource} NONE rule`,
      '',
      '',
    ])
  })

  test('refuses a path in a data source, and its name where repositories are named', async () => {
    const { root } = scene
    const ask = (fields: object) => root.problem('POST /api/access/check', { check: { username: 'root', ...fields } })
    assert.equal(await ask({ dataSource, path: '/a' }), '400 access_ask.whole_data_source')
    assert.equal(await ask({ repository: `datasource:${dataSource}` }), '400 access_ask.data_source_by_name')
  })
})
