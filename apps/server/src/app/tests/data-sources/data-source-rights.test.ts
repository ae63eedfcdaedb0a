import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { sqlStewardshipReads } from '../../../features/data-sources/stewardship.sql.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { type DataSourceScene, type Shown, startDataSourceScene } from '../../testing/data-source-scene.ts'

let scene: DataSourceScene
before(async () => {
  scene = await startDataSourceScene()
})
after(() => scene[Symbol.asyncDispose]())

let count = 0
const fresh = (name: string) => `${name} ${++count}`

async function outcome(caller: ApiClient, operation: string, body?: unknown): Promise<string> {
  return (await scene.call(caller, operation, body)).outcome
}

describe('a steward of a group', () => {
  let top: Shown
  let middle: Shown
  let bottom: Shown
  let deep: Shown
  beforeEach(async () => {
    top = await scene.makeGroup(fresh('top'), { stewards: [scene.callers.sam.userId] })
    middle = await scene.makeGroup(fresh('middle'), { parentId: top.id })
    bottom = await scene.makeGroup(fresh('bottom'), { parentId: middle.id })
    deep = await scene.makeDataSource(fresh('deep'), { groupId: bottom.id })
  })

  test('may edit everything below, and nothing beside', async () => {
    const { sam, bob } = scene.callers
    const beside = await scene.makeDataSource(fresh('beside'))
    const change = { description: 'new' }
    for (const path of [`groups/${top.id}`, `groups/${bottom.id}`, `datasources/${deep.id}`]) {
      assert.equal(await outcome(sam, `PUT /v1/${path}`, change), '200', path)
      assert.equal(await outcome(bob, `PUT /v1/${path}`, change), '403 Forbidden', path)
    }
    assert.equal(await outcome(sam, `PUT /v1/datasources/${beside.id}`, change), '403 Forbidden')
    assert.equal(await outcome(sam, `DELETE /v1/datasources/${deep.id}`), '200')
  })

  test('may make groups and data sources below, and not at the top', async () => {
    const { sam } = scene.callers
    const made = await scene.makeGroup(fresh('made'), { parentId: bottom.id }, sam)
    await scene.makeDataSource(fresh('made'), { groupId: made.id }, sam)
    const group = { name: fresh('at the top'), membersType: 'datasource' }
    assert.equal(await outcome(sam, 'POST /v1/groups', group), '403 Forbidden')
    const dataSource = { name: fresh('ungrouped'), databaseType: 'Other' }
    assert.equal(await outcome(sam, 'POST /v1/datasources', dataSource), '403 Forbidden')
  })

  test('may move what is below within it, and neither to the top nor to others', async () => {
    const { sam } = scene.callers
    const foreign = await scene.makeGroup(fresh('foreign'))
    const move = (parentId: number | null) => outcome(sam, `PUT /v1/groups/${bottom.id}`, { parentId })
    assert.deepEqual(
      [await move(top.id), await move(null), await move(foreign.id)],
      ['200', '403 Forbidden', '403 Forbidden'],
    )
  })

  test('is one no longer of what leaves the group', async () => {
    const { ann, sam } = scene.callers
    assert.equal(await outcome(ann, `PUT /v1/groups/${middle.id}`, { parentId: null }), '200')
    assert.equal(await outcome(sam, `PUT /v1/datasources/${deep.id}`, { description: 'x' }), '403 Forbidden')
  })

  test('is told from its creator and from others, however deep', async () => {
    const { ann, sam, bob, eve } = scene.callers
    const reads = sqlStewardshipReads(scene.database)
    const standing = ({ userId }: ApiClient, organisation = 1) => reads.standingTo({ organisation, userId }, deep.id)
    assert.deepEqual(await standing(ann), { isCreator: true, isSteward: false })
    assert.deepEqual(await standing(sam), { isCreator: false, isSteward: true })
    assert.deepEqual(await standing(bob), { isCreator: false, isSteward: false })
    assert.equal(await standing(eve, 2), undefined)
  })
})

describe('whoever moves a data source into a group', () => {
  const cases: ReadonlyArray<readonly [string, boolean, boolean, string]> = [
    ['may when they look after both', true, true, '200'],
    ['may not when they look after the group alone', false, true, '403 Forbidden'],
    ['may not when they look after the data source alone', true, false, '403 Forbidden'],
  ]
  for (const [guarantee, ofDataSource, ofGroup, expected] of cases) {
    test(guarantee, async () => {
      const { sam } = scene.callers
      const stewards = [sam.userId]
      const group = await scene.makeGroup(fresh('group'), ofGroup ? { stewards } : {})
      const moved = await scene.makeDataSource(fresh('moved'), ofDataSource ? { stewards } : {})
      assert.equal(await outcome(sam, `POST /v1/groups/${group.id}/members/${moved.id}`), expected)
      if (ofDataSource) {
        assert.equal(await outcome(sam, `PUT /v1/datasources/${moved.id}`, { groupId: group.id }), expected)
      }
    })
  }

  test('may take it out again when they look after the one or the other', async () => {
    const { sam, bob, admin } = scene.callers
    const group = await scene.makeGroup(fresh('group'), { stewards: [sam.userId] })
    const member = await scene.makeDataSource(fresh('member'), { groupId: group.id, stewards: [bob.userId] })
    for (const caller of [bob, sam]) {
      const operation = `DELETE /v1/groups/${group.id}/members/${member.id}`
      assert.equal(await outcome(admin, operation), '403 Forbidden')
      assert.equal(await outcome(caller, operation), '200')
      assert.equal(await outcome(scene.callers.ann, `POST /v1/groups/${group.id}/members/${member.id}`), '200')
    }
  })
})

test('who made something may edit it when nothing else lets them', async () => {
  const { ann, sam } = scene.callers
  const group = await scene.makeGroup(fresh('group'), { stewards: [sam.userId] })
  const own = await scene.makeDataSource(fresh('own'), { groupId: group.id }, sam)
  assert.equal(await outcome(ann, `PUT /v1/groups/${group.id}`, { stewards: [] }), '200')
  assert.equal(await outcome(sam, `PUT /v1/groups/${group.id}`, { description: 'x' }), '403 Forbidden')
  assert.equal(await outcome(sam, `PUT /v1/datasources/${own.id}`, { description: 'x' }), '200')
})

test('superadmins act in the organisation that they name, and admins in none but their own', async () => {
  const { root, ann, eve } = scene.callers
  const told = await scene.call(root, 'POST /v1/groups?organisation=2', {
    name: fresh('theirs'),
    membersType: 'datasource',
    stewards: ['eve'],
  })
  assert.equal(told.outcome, '200')
  const { id } = told.body['group'] as Shown
  assert.equal(await outcome(eve, `GET /v1/groups/${id}`), '200')
  assert.equal(await outcome(root, `GET /v1/groups/${id}`), '404 Not Found')
  assert.equal(await outcome(ann, `GET /v1/groups/${id}?organisation=2`), '403 Forbidden')
  assert.equal(await outcome(root, `PUT /v1/groups/${id}?organisation=2`, { status: 'x' }), '200')
})

test('names are unique in an organisation, and free in every other', async () => {
  const { eve } = scene.callers
  const name = fresh('Ärger')
  await scene.makeDataSource(name)
  await scene.makeDataSource(name, {}, eve)
  const again = { name: name.toUpperCase().normalize('NFD'), databaseType: 'Other' }
  assert.equal(await outcome(eve, 'POST /v1/datasources', again), '400 There is a Data Source with the same name')
})

test('nobody of another organisation becomes a steward, and a name that two have is no name', async () => {
  const { ann } = scene.callers
  const group = await scene.makeGroup(fresh('group'))
  const appoint = (who: unknown) => outcome(ann, `PUT /v1/groups/${group.id}`, { stewards: [who] })
  assert.equal(
    await appoint({ id: scene.callers.eve.userId, name: 'Sam Doe' }),
    `400 stewards[0]: there is no person "${scene.callers.eve.userId}"`,
  )
  const twin = await scene.server.signIn()
  await scene.database.query({ name: '', text: `update app_user set display_name = 'SAM DOE' where id = $1` }, [
    twin.userId,
  ])
  assert.match(await appoint('Sam Doe'), /^400 stewards\[0\]: there are several people "Sam Doe"/)
  assert.equal(await appoint('sam'), '200')
})
