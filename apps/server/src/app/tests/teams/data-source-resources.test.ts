import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readDataSourceRight } from '../../../features/enforcement/data-source-right.sql.ts'
import { statement } from '../../../platform/database/statement.ts'
import { set } from '../../testing/batching.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeResource, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const ADD_DATA_SOURCE = statement<{ id: number }>(
  'test.add-data-source-to-hand-out',
  `insert into data_source (organisation_id, name, name_key, search_text, database_type, created_at, modified_at)
   values ($1, $2, $2, $2, 'PostgreSQL', now(), now()) returning id`,
)
const ADD_ORGANISATION = statement<{ id: number }>(
  'test.add-organisation-with-data-source',
  "insert into organisation (name) values ('elsewhere') returning id",
)
const DELETE_DATA_SOURCE = statement('test.delete-data-source', 'delete from data_source where id = $1')

async function addDataSource({ database }: ModelServer, name: string, organisation = 1): Promise<number> {
  const [row] = await database.query(ADD_DATA_SOURCE, [organisation, name])
  assert.ok(row)
  return row.id
}

function rightOf({ database }: ModelServer, username: string, dataSource: number) {
  return readDataSourceRight(database, { organisation: 1, username, dataSource })
}

for (const format of FORMATS) {
  test(`in ${format}: a rule says of a data source who may use it, as it does of a repository`, async () => {
    await using server = await startModelServer()
    const root = server.root.in(format)
    const ledger = await addDataSource(server, 'ledger')
    const [top, ann] = [await makeTeam(root, 'top'), await makeUser(root, 'ann')]
    await makeUser(root, 'bob')
    const below = await makeTeam(root, 'below', top)
    await join(root, below, [ann])
    await makeResource(root, { team: top, repository: `datasource:${ledger}` })
    const resource = await makeResource(root, { team: below, repository: `datasource:${ledger}` })
    assert.deepEqual((await root.list(`/api/teams/${below}/resources`)).entries, [
      { id: resource, repositoryName: `datasource:${ledger}`, path: '/', ownerTeam: below },
    ])
    assert.equal(await rightOf(server, 'ann', ledger), 'NONE')
    const permissions = [{ resource, type: 'READ' }] as const
    const rule = await makeRule(root, { team: below, name: 'readers', members: [ann], permissions })
    assert.equal(await rightOf(server, 'ann', ledger), 'READ')
    assert.equal(await rightOf(server, 'bob', ledger), 'NONE')
    await root.change(`POST /api/teams/${below}/rules/${rule}/members/delete`, { ids: { ids: [ann] } })
    assert.equal(await rightOf(server, 'ann', ledger), 'NONE')
  })
}

test('a data source has no paths, and only those of the organisation can be handed out', async () => {
  await using server = await startModelServer()
  const { root, database } = server
  const ledger = await addDataSource(server, 'ledger')
  const [elsewhere] = await database.query(ADD_ORGANISATION)
  const foreign = await addDataSource(server, 'foreign', elsewhere?.id)
  const [top, below] = [await makeTeam(root, 'top'), await makeTeam(root, 'other')]
  const give = (repositoryName: string, path?: string) =>
    root.problem(`POST /api/teams/${top}/resources`, { resource: { repositoryName, path } })
  assert.equal(await give(`datasource:${ledger}`, '/trunk'), '400 resource.whole_data_source')
  for (const name of [`datasource:${foreign}`, 'datasource:999', 'datasource:', `datasource:0${ledger}`]) {
    assert.equal(await give(name), '400 resource.unknown_repository')
  }
  const resource = await makeResource(root, { team: top, repository: `datasource:${ledger}` })
  await makeResource(root, { team: below, repository: `datasource:${ledger}` })
  const rule = await makeRule(root, { team: top, name: 'readers' })
  const permission = { permissionType: 'READ', path: 'trunk', ownerResource: resource }
  const said = await root.problem(`POST /api/teams/${top}/rules/${rule}/resourcepermissions`, {
    dtolist: { DTOs: [permission] },
  })
  assert.equal(said, '400 rule.whole_data_source')
  await database.query(DELETE_DATA_SOURCE, [ledger])
  const third = await makeTeam(root, 'third')
  const late = { resource: { repositoryName: `datasource:${ledger}` } }
  assert.equal(await root.problem(`POST /api/teams/${third}/resources`, late), '400 resource.unknown_repository')
})

test('data sources are no repositories: none is listed as one, and no file waits for them', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ledger = await addDataSource(server, 'ledger')
  const [top, ann] = [await makeTeam(root, 'top'), await makeUser(root, 'ann')]
  await join(root, top, [ann])
  const resource = await makeResource(root, { team: top, repository: `datasource:${ledger}` })
  await makeRule(root, { team: top, name: 'readers', members: [ann], permissions: [{ resource, type: 'READ' }] })
  assert.equal((await root.list('/api/repositories')).total, 0)
  const other = await makeTeam(root, 'other')
  assert.equal((await root.list(`/api/teams/${other}/resources/available`)).total, 0)
  const { pendingRevision, enforcedRevision } = await root.get('/api/enforcement')
  assert.equal(enforcedRevision, pendingRevision)
  await root.change(`PUT /api/users/${ann}/disable`)
  assert.equal(await rightOf(server, 'ann', ledger), 'NONE')
})

test('what rules say of a data source waits to be enforced, when updates are batched', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ledger = await addDataSource(server, 'ledger')
  const [top, ann] = [await makeTeam(root, 'top'), await makeUser(root, 'ann')]
  await join(root, top, [ann])
  const resource = await makeResource(root, { team: top, repository: `datasource:${ledger}` })
  await set(root, { batchedUpdates: true })
  await makeRule(root, { team: top, name: 'readers', members: [ann], permissions: [{ resource, type: 'READ' }] })
  assert.equal(await rightOf(server, 'ann', ledger), 'NONE')
  assert.equal((await root.send('POST /api/enforcement/apply')).status, 202)
  assert.equal(await rightOf(server, 'ann', ledger), 'READ')
})

async function revert({ root }: ModelServer, revision: number): Promise<unknown> {
  const { taskId } = await root.change('POST /api/enforcement/revert', { revert: { revision } })
  return (await root.get(`/api/task/${taskId}`))['warnings']
}

test('a way back hands a data source out again, and warns of one that has been deleted since', async () => {
  await using server = await startModelServer()
  const { root, database } = server
  const [ledger, gone] = [await addDataSource(server, 'ledger'), await addDataSource(server, 'gone')]
  const [top, ann] = [await makeTeam(root, 'top'), await makeUser(root, 'ann')]
  await join(root, top, [ann])
  const resources: string[] = []
  for (const id of [ledger, gone]) {
    resources.push(await makeResource(root, { team: top, repository: `datasource:${id}` }))
  }
  const permissions = resources.map((resource) => ({ resource, type: 'READ' }) as const)
  await makeRule(root, { team: top, name: 'readers', members: [ann], permissions })
  const then = await server.head()
  await root.change(`POST /api/teams/${top}/resources/delete`, { ids: { ids: resources } })
  assert.equal(await rightOf(server, 'ann', ledger), 'NONE')
  const without = await server.head()
  assert.ok(!JSON.stringify(await revert(server, then)).includes('forgotten_data_sources'))
  assert.equal(await rightOf(server, 'ann', ledger), 'READ')
  await revert(server, without)
  await database.query(DELETE_DATA_SOURCE, [gone])
  const warnings = JSON.stringify(await revert(server, then))
  assert.match(warnings, /revert\.forgotten_data_sources/)
  assert.match(warnings, new RegExp(`in anywhere: datasource:${gone}\\.`))
})

test('what changes about a data source is told like any other change of rights', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ledger = await addDataSource(server, 'ledger')
  const [top, ann] = [await makeTeam(root, 'top'), await makeUser(root, 'ann')]
  await join(root, top, [ann])
  const resource = await makeResource(root, { team: top, repository: `datasource:${ledger}` })
  const from = await server.head()
  await makeRule(root, { team: top, name: 'readers', members: [ann], permissions: [{ resource, type: 'READ' }] })
  const told = await root.get(`/api/enforcement/diff?from=${from}&to=${await server.head()}`)
  assert.match(JSON.stringify(told), new RegExp(`"datasource:${ledger}"`))
  assert.match(JSON.stringify(told), /"ann"/)
})
