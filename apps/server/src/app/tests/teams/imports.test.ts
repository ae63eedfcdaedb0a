import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { after, before, test } from 'node:test'
import { parseAuthz } from '@portreeve/svn-authz'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient, Reply } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRepository, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const AUDIT = statement<{ action: string; details: Readonly<Record<string, unknown>> }>(
  'test.import-audit',
  'select action, details from audit_record where object_id = $1 order by id',
)

const AUTHZ = `[aliases]
boss = cy
[groups]
devs = ann, bob
all = @devs, &boss
[/]
* = r
[/trunk]
@devs = rw
~@all =
[calc:/secret]
&boss = rw
* =
[other:/]
zoe = rw
`

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

let repositories = 0

/** A new repository; `calc` in the text stands for its name. */
async function newSite(text: string) {
  repositories += 1
  const name = `repository${repositories}`
  const id = await makeRepository(server.root, name)
  return { name, id, authz: text.replaceAll('calc', name) }
}

interface Wanted {
  readonly id: string
  readonly authz: string
  readonly team?: string
  readonly query?: string
}

function send(api: ApiClient, { id, query = '', authz, team }: Wanted): Promise<Reply> {
  return api.send(`POST /api/repositories/${id}/import${query}`, { import: { authz, team } })
}

async function problem(api: ApiClient, wanted: Wanted): Promise<string> {
  const reply = await send(api, wanted)
  const { code, message } = (reply.content ?? {}) as { code?: string; message?: string }
  return `${reply.status} ${code}: ${message}`
}

/** The dry run's answer, from JSON. */
async function preview(api: ApiClient, wanted: Wanted) {
  const reply = await send(api, { ...wanted, query: `?dryRun=true&${wanted.query?.slice(1) ?? ''}` })
  assert.equal(reply.status, 200, reply.text)
  return JSON.parse(reply.text)
}

test('a dry run shows what would be made, and makes nothing', async () => {
  const site = await newSite(AUTHZ)
  const head = await server.head()
  const plan = await preview(server.root, site)
  assert.equal(plan.repositoryName, site.name)
  assert.equal(plan.team, site.name)
  assert.deepEqual(plan.obstacles, [])
  assert.deepEqual(plan.unexpressed, [])
  assert.deepEqual(plan.newUsers, ['ann', 'bob', 'cy'])
  assert.deepEqual(plan.resources, ['/'])
  assert.deepEqual(
    plan.teams.map(({ name, members }: { name: string; members: string[] }) => `${name}: ${members}`),
    ['devs: ann,bob', 'all: ann,bob,cy', 'Named users: cy', 'Everyone: '],
  )
  assert.equal(plan.counts.users, 3)
  assert.equal(plan.counts.teams, 5)
  const warnings = plan.warnings.map(({ message }: { message: string }) => message).join('\n')
  assert.match(warnings, /"~@all =" of \[\/trunk\] becomes a rule for all signed-in users/)
  assert.match(warnings, /1 section is of the repository "other"/)
  assert.equal(await server.head(), head)
  assert.equal((await server.root.list('/api/users?searchKeyList=username&searchValueList=zoe')).total, 0)
})

for (const format of FORMATS) {
  test(`in ${format}: an import is one revision, one audit record, and a team with the groups below it`, async () => {
    const site = await newSite(AUTHZ)
    const api = server.root.in(format)
    const reply = await send(api, site)
    assert.equal(reply.status, 202, reply.text)
    const task = await api.enforced(String(reply.content))
    const entityId = reply.headers.get('x-entity-id') ?? ''
    assert.equal(task['type'], 'repository.import')
    assert.equal(task['entityId'], entityId)
    assert.equal(Number(task['revision']), await server.head())
    assert.equal((await api.get(`/api/teams/${entityId}`))['name'], site.name)
    assert.equal((await api.list(`/api/teams/${entityId}/members`)).total, 3)
    const teams = (await api.list('/api/teams?pageSize=100')).entries.filter((team) => team['parentTeam'] === entityId)
    assert.deepEqual(teams.map(({ name }) => name).sort(), ['Everyone', 'Named users', 'all', 'devs'])
    const records = await server.database.query(AUDIT, [site.id])
    assert.deepEqual(
      records.map(({ action }) => action),
      ['repository.create', 'repository.import'],
    )
    const details = records.at(-1)?.details
    assert.deepEqual([details?.['teams'], details?.['unexpressed']], [5, 0])
    const published = parseAuthz(await readFile(joinPath(server.authzDir, `${site.name}.authz`), 'utf8'))
    assert.ok(published.sections.some(({ path }) => path === '/secret'))
  })
}

test('a dry run is answered as XML as well', async () => {
  const { id, authz } = await newSite('[groups]\ng = ann\n[/a b]\n@g = rw\n')
  const reply = await send(server.root.in('xml'), { id, authz, query: '?dryRun=true' })
  assert.equal(reply.status, 200)
  assert.match(reply.text, /<importplan>.*<permissionType>READ_WRITE<\/permissionType><path>\/a b<\/path>/)
})

test('a file can be sent as it is, as text/plain', async () => {
  const { id, authz } = await newSite(AUTHZ)
  const reply = await server.root.sendText(`POST /api/repositories/${id}/import?dryRun=1`, authz, {
    'content-type': 'text/plain',
  })
  assert.equal(reply.status, 200, reply.text)
})

test('a queued import is made when its turn comes', async () => {
  const { id, authz } = await newSite(AUTHZ)
  const taken = await server.root.change(
    `POST /api/repositories/${id}/import`,
    { import: { authz, team: 'Queued' } },
    { prefer: 'respond-async' },
  )
  assert.equal(await server.root.problem(`GET /api/teams/${taken.entityId}`), '404 team.not_found')
  await server.drain()
  await server.root.enforced(taken.taskId)
  assert.equal((await server.root.get(`/api/teams/${taken.entityId}`))['name'], 'Queued')
})

test('refuses what Subversion refuses, naming the line', async () => {
  const { id } = await newSite('')
  const refused = await problem(server.root, { id, authz: '[groups]\ng = ann\n[/]\n@h = r\n' })
  assert.match(refused, /^400 import\.bad_file: .*Line 4: .*@h/)
  assert.match(await problem(server.root, { id, authz: '# nothing\n' }), /^400 import\.nothing_to_import/)
})

test('refuses a file that says what rules cannot, listing it all, until the loss is accepted', async () => {
  const site = await newSite('[groups]\nnone =\n[/]\nann = r\n[:glob:/*/tags]\n* =\n[/b]\n~@none = r\n')
  const refused = await problem(server.root, site)
  assert.match(refused, /^400 import\.loss: .*\[:glob:\/\*\/tags\].*~@none = r.*acceptLoss=true/)
  const plan = await preview(server.root, site)
  assert.equal(plan.unexpressed.length, 2)
  assert.deepEqual(
    plan.obstacles.map(({ code }: { code: string }) => code),
    ['import.loss'],
  )
  assert.deepEqual((await preview(server.root, { ...site, query: '?acceptLoss=true' })).obstacles, [])
  assert.equal((await send(server.root, { ...site, query: '?acceptLoss=true' })).status, 202)
})

test('refuses a repository that rules speak of already, and the name of a team that is there', async () => {
  const site = await newSite(AUTHZ)
  await makeTeam(server.root, `Team of ${site.name}`)
  assert.match(
    await problem(server.root, { ...site, team: `team OF ${site.name}` }),
    /^400 import\.team_exists: team: .*"team OF/,
  )
  assert.match(await problem(server.root, { ...site, team: ' ' }), /^400 team\.bad_name/)
  assert.equal((await send(server.root, site)).status, 202)
  assert.match(await problem(server.root, { ...site, team: 'Again' }), /^409 import\.repository_has_rules/)
  const plan = await preview(server.root, site)
  assert.ok(plan.existingPermissions > 0)
  assert.deepEqual(
    plan.obstacles.map(({ code }: { code: string }) => code),
    ['import.team_exists', 'import.repository_has_rules'],
  )
})

test('needs the right to change teams, and to create users where the file names new ones', async () => {
  const site = await newSite('[/]\nnewcomer = r\n')
  assert.match(await problem(await server.signIn(), site), /^403 /)
  const admin = await server.signIn({ role: 'admin', flags: ['allow_modify_teams'] })
  assert.match(await problem(admin, site), /^403 import\.missing_users: .*allow_modify_users: newcomer/)
  assert.deepEqual((await preview(admin, site)).newUsers, ['newcomer'])
  await makeUser(server.root, 'newcomer')
  assert.deepEqual((await preview(admin, site)).knownUsers, ['newcomer'])
  assert.equal((await send(admin, site)).status, 202)
})

test('makes no users where the organisation knows people from its directory alone', async () => {
  const site = await newSite('[/]\nstranger = r\n')
  const setLocalUsers = (localUsers: boolean) => server.root.send('PUT /api/settings', { settings: { localUsers } })
  await setLocalUsers(false)
  const refused = await problem(server.root, site)
  await setLocalUsers(true)
  assert.match(refused, /^400 import\.not_in_directory: .*: stranger/)
})

test('a file for thousands of users and sections is one import like any other', async () => {
  const users = Array.from({ length: 5000 }, (_, i) => `many${i}`)
  const groups = Array.from(
    { length: 50 },
    (_, i) => `g${i} = ${users.filter((_, user) => user % 50 === i).join(', ')}\n`,
  )
  const sections = Array.from({ length: 1000 }, (_, i) => `[/d${i % 20}/s${i}]\n@g${i % 50} = rw\n* =\n`)
  const site = await newSite(`[groups]\n${groups.join('')}[/]\n* = r\n${sections.join('')}`)
  const { counts } = await preview(server.root, site)
  assert.deepEqual(counts, { users: 5000, teams: 52, members: 10_000, resources: 1002, rules: 52, permissions: 2001 })
  const reply = await send(server.root, site)
  assert.equal(reply.status, 202, reply.text)
  assert.equal((await server.root.list(`/api/teams/${reply.headers.get('x-entity-id')}/members`)).total, 5000)
})
