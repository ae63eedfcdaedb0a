import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { type DataSourceScene, type Shown, startDataSourceScene } from '../../testing/data-source-scene.ts'

const ADD_GROUPS = statement(
  'test.add-many-groups',
  `insert into data_source_group (organisation_id, name, name_key, search_text, created_at, modified_at)
   select 1, 'Large ' || n, 'large ' || n, 'large ' || n, now(), now() from generate_series(1, $1::int) n`,
)
const ADD_DATA_SOURCES = statement(
  'test.add-many-data-sources',
  `insert into data_source (organisation_id, name, name_key, search_text, database_type, created_at, modified_at)
   select 1, 'Large ' || n, 'large ' || n, 'large ' || n, 'Other', now(), now() from generate_series(1, $1::int) n`,
)
// Else foreign keys are still looked up as in tables of a few rows.
const ANALYZE = statement('test.analyze-groups', 'analyze data_source_group, data_source')
const PUT_GROUPS = statement(
  'test.put-many-groups',
  `update data_source_group set parent_id = $1 where name_key like 'large %'`,
)
const PUT_DATA_SOURCES = statement(
  'test.put-many-data-sources',
  `update data_source set group_id = $1 where name_key like 'large %'`,
)

let scene: DataSourceScene
before(async () => {
  scene = await startDataSourceScene()
})
after(() => scene[Symbol.asyncDispose]())

/** Groups from which no way leads up to the top. */
const CIRCLING = statement<{ readonly id: number }>(
  'test.circling-groups',
  `with recursive reached as (
     select id from data_source_group where parent_id is null
     union all
     select child.id from reached join data_source_group child on child.parent_id = reached.id
   )
   select id from data_source_group where id not in (select id from reached)`,
)

const CYCLE = /^400 parentId: group \d+ is this group itself or in it/

test('of two moves at once that would close a circle one is refused', async () => {
  const { ann } = scene.callers
  for (let round = 0; round < 25; round += 1) {
    const a = await scene.makeGroup(`a ${round}`)
    const b = await scene.makeGroup(`b ${round}`)
    const told = await Promise.all([
      scene.call(ann, `PUT /v1/groups/${a.id}`, { parentId: b.id }),
      scene.call(ann, `PUT /v1/groups/${b.id}`, { parentId: a.id }),
    ])
    const [refused, done] = told.map(({ outcome }) => outcome).toSorted((x, y) => y.length - x.length)
    assert.match(String(refused), CYCLE)
    assert.equal(done, '200')
  }
  assert.deepEqual(await scene.database.query(CIRCLING), [])
})

/** Numbers that look random and are the same each time (Park and Miller, 1988). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; yield state) state = (state * 48_271) % 2_147_483_647
}

for (const seed of [1, 2, 3]) {
  test(`whatever is moved, made and deleted at once, every group has a way to the top (seed ${seed})`, async () => {
    const { ann } = scene.callers
    const groups: Shown[] = []
    for (let index = 0; index < 10; index += 1) groups.push(await scene.makeGroup(`g${seed}-${index}`))
    const members: Shown[] = []
    for (let index = 0; index < 4; index += 1) members.push(await scene.makeDataSource(`d${seed}-${index}`))
    const random = numbers(seed)
    const pick = <T>(list: readonly T[]): T => list[random.next().value % list.length] as T
    const outcomes: string[] = []
    const act = async (name: string) => {
      const { id } = pick(groups)
      const parentId = pick(groups).id
      const kind = random.next().value % 10
      const tell = async (operation: string, body?: unknown) => {
        outcomes.push((await scene.call(ann, operation, body)).outcome)
      }
      if (kind < 6) await tell(`PUT /v1/groups/${id}`, { parentId })
      else if (kind < 8) await tell(`POST /v1/groups/${id}/members/${pick(members).id}`)
      else if (kind < 9) await tell('POST /v1/groups', { name, membersType: 'datasource', parentId })
      else await tell(`DELETE /v1/groups/${id}`)
    }
    const client = async (number: number) => {
      for (let step = 0; step < 12; step += 1) await act(`n${seed}-${number}-${step}`)
    }
    await Promise.all([1, 2, 3, 4, 5, 6].map(client))
    const expected = /^200$|^404 Not Found$|^400 parentId: (group \d+ is|there is no group)/
    assert.deepEqual(
      outcomes.filter((outcome) => !expected.test(outcome)),
      [],
    )
    assert.ok(outcomes.includes('200'))
    assert.deepEqual(await scene.database.query(CIRCLING), [])
  })
}

test('a tree of more groups and data sources than one statement takes goes as a whole', async () => {
  const { ann } = scene.callers
  const top = await scene.makeGroup('Large')
  const count = 10_001
  await scene.database.query(ADD_GROUPS, [count])
  await scene.database.query(ADD_DATA_SOURCES, [count])
  await scene.database.query(ANALYZE)
  await scene.database.query(PUT_GROUPS, [top.id])
  await scene.database.query(PUT_DATA_SOURCES, [top.id])
  assert.equal((await scene.call(ann, `DELETE /v1/groups/${top.id}`)).outcome, '200')
  const total = async (path: string) => {
    const { body } = await scene.call(ann, `GET /v1/${path}`)
    return (body['metadata_'] as Record<string, unknown>)['totalCount']
  }
  assert.equal(await total('groups?q=large'), 0)
  assert.equal(await total('groups/roots?q=large'), count)
  const deletion = (await scene.auditOf('group', top.id)).at(-1)
  const { groupsBelow, ungrouped, groupIds } = deletion?.details ?? {}
  assert.deepEqual([deletion?.action, groupsBelow, ungrouped], ['group.delete', count, count])
  assert.equal((groupIds as unknown[]).length, 1000)
})
