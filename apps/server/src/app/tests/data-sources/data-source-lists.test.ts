import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sqlDataSourceReadModel } from '../../../features/data-sources/data-source-list.sql.ts'
import { sqlGroupReadModel } from '../../../features/data-sources/groups/group-list.sql.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { type DataSourceScene, type Shown, startDataSourceScene } from '../../testing/data-source-scene.ts'

let scene: DataSourceScene
const made = new Map<string, Shown>()
before(async () => {
  scene = await startDataSourceScene()
  const { bob } = scene.callers
  const group = async (name: string, fields?: object) => made.set(name, await scene.makeGroup(name, fields))
  const dataSource = async (name: string, fields?: object) => made.set(name, await scene.makeDataSource(name, fields))
  await group('Zeta')
  await group('alpha', { description: 'All of Europe', stewards: [bob.userId] })
  await group('Älter', { aliases: '100%_sure' })
  await group('beta', { parentId: made.get('alpha')?.id })
  await dataSource('one', { abbreviations: 'EU', stewards: ['sam', 'bob'] })
  await dataSource('Two', { groupId: made.get('beta')?.id })
  await dataSource('three')
})
after(() => scene[Symbol.asyncDispose]())

async function names(path: string): Promise<readonly unknown[]> {
  const { body, text } = await scene.call(scene.callers.sam, `GET /v1/${path}`)
  const lists = [body['groups'], body['datasources']].filter((list) => list !== undefined) as Shown[][]
  assert.ok(lists.length > 0, text)
  return [...lists.flat().map(({ name }) => name), (body['metadata_'] as Record<string, unknown>)['totalCount']]
}

const ALL = ['alpha', 'beta', 'Zeta', 'Älter']
const lists: ReadonlyArray<readonly [string, readonly unknown[]]> = [
  ['groups', [...ALL, 4]],
  ['groups?limit=2', ['alpha', 'beta', 4]],
  ['groups?limit=2&offset=3', ['Älter', 4]],
  ['groups?offset=9', [4]],
  ['groups?q=EUROPE', ['alpha', 1]],
  ['groups?q=europe%20alp', ['alpha', 1]],
  ['groups?q=europe%20beta', [0]],
  ['groups?q=', [...ALL, 4]],
  ['groups?q=%25_s', ['Älter', 1]],
  ['groups?q=%25%25', [0]],
  ['groups?q=%5C', [0]],
  ['groups?alphaFilter=Z', ['Zeta', 1]],
  ['groups?alphaFilter=%C3%84', ['Älter', 1]],
  ['groups?alphaFilter=a', ['alpha', 1]],
  ['groups?alphaFilter=%25', [0]],
  ['groups?alphaFilter=b&q=bet', ['beta', 1]],
  ['datasources', ['one', 'three', 'Two', 3]],
  ['datasources?q=eu', ['one', 1]],
  ['datasources?alphaFilter=T&limit=1&offset=1', ['Two', 2]],
  // Groups first, then data sources, as one list.
  ['groups/roots', ['alpha', 'Zeta', 'Älter', 'one', 'three', 5]],
  ['groups/roots?limit=2', ['alpha', 'Zeta', 5]],
  ['groups/roots?limit=2&offset=2', ['Älter', 'one', 5]],
  ['groups/roots?limit=2&offset=4', ['three', 5]],
  ['groups/roots?offset=5', [5]],
  ['groups/roots?q=e', ['alpha', 'Zeta', 'Älter', 'one', 'three', 5]],
  ['groups/roots?alphaFilter=o', ['one', 1]],
]

for (const [path, expected] of lists) {
  test(`GET ${path} answers ${expected.join(', ')}`, async () => assert.deepEqual(await names(path), expected))
}

test('a group narrows either list to what is directly in it', async () => {
  const id = (name: string) => made.get(name)?.id
  assert.deepEqual(await names(`groups?parentId=${id('alpha')}`), ['beta', 1])
  assert.deepEqual(await names(`groups?parentId=${id('alpha')}&q=zeta`), [0])
  assert.deepEqual(await names(`datasources?groupId=${id('beta')}`), ['Two', 1])
  assert.deepEqual(await names(`datasources?groupId=${id('alpha')}`), [0])
})

test('entries of a list are as each by itself', async () => {
  const { sam } = scene.callers
  for (const [list, key] of [
    ['groups', 'group'],
    ['datasources', 'datasource'],
  ] as const) {
    const { body } = await scene.call(sam, `GET /v1/${list}`)
    for (const entry of body[list] as Shown[]) {
      assert.deepEqual((await scene.call(sam, `GET /v1/${list}/${entry.id}`)).body, { [key]: entry })
    }
  }
})

test('a page with people, following and total is one statement', async () => {
  let statements = 0
  const counted: Connection = {
    query: (asked, values) => {
      statements += 1
      return scene.database.query(asked, values)
    },
  }
  const query = {
    organisation: 1,
    userId: scene.callers.sam.userId,
    filter: { limit: 25, offset: 0, words: ['e'], firstLetter: undefined },
  }
  const groups = await sqlGroupReadModel(counted).list(query)
  const dataSources = await sqlDataSourceReadModel(counted).list(query)
  assert.ok(groups.items.some(({ stewards }) => stewards.length > 0) && dataSources.items.length > 1)
  assert.equal(statements, 2)
})

test('another organisation’s list has none of these', async () => {
  const { body } = await scene.call(scene.callers.eve, 'GET /v1/groups')
  assert.deepEqual(body, { metadata_: { limit: 25, offset: 0, totalCount: 0 }, groups: [] })
})
