import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { type DataSourceScene, type Shown, startDataSourceScene } from '../../testing/data-source-scene.ts'

const AGE = 'set modified_at = to_timestamp(1) where id = $1'
const AGE_GROUP = statement('test.age-group', `update data_source_group ${AGE}`)
const AGE_DATA_SOURCE = statement('test.age-data-source', `update data_source ${AGE}`)

let scene: DataSourceScene
before(async () => {
  scene = await startDataSourceScene()
})
after(() => scene[Symbol.asyncDispose]())

test('every act on a data source leaves a record of who did what', async () => {
  const { ann, sam } = scene.callers
  const group = await scene.makeGroup('Finance')
  const { id } = await scene.makeDataSource('Ledger', { userData: 'hunter2', properties: { key: 'hunter2' } })
  for (const [caller, operation, body] of [
    [ann, `PUT /v1/datasources/${id}`, { host: 'db', stewards: ['sam'], userData: 'hunter3' }],
    [ann, `PUT /v1/datasources/${id}`, { host: 'db' }],
    [ann, `POST /v1/groups/${group.id}/members/${id}`],
    [ann, `POST /v1/groups/${group.id}/members/${id}`],
    [sam, `POST /v1/datasources/${id}/follow`],
    [sam, `POST /v1/datasources/${id}/follow`],
    [sam, `DELETE /v1/datasources/${id}/follow`],
    [ann, `DELETE /v1/groups/${group.id}/members/${id}`],
    [ann, `DELETE /v1/datasources/${id}`],
  ] as const) {
    const told = await scene.call(caller, operation, body)
    assert.equal(told.outcome, '200', operation)
  }
  const records = await scene.auditOf('data_source', id)
  // What changed nothing is no act.
  assert.deepEqual(
    records.map(({ action, actor_id }) => [action, actor_id]),
    [
      ['data_source.create', ann.userId],
      ['data_source.change', ann.userId],
      ['data_source.move', ann.userId],
      ['data_source.follow', sam.userId],
      ['data_source.unfollow', sam.userId],
      ['data_source.move', ann.userId],
      ['data_source.delete', ann.userId],
    ],
  )
  assert.deepEqual(records[1]?.details, {
    before: { host: '', stewards: [], userData: 'not kept' },
    after: { host: 'db', stewards: [sam.userId], userData: 'not kept' },
  })
  assert.deepEqual(records[2]?.details, { before: { groupId: null }, after: { groupId: group.id } })
  assert.doesNotMatch(JSON.stringify(records), /hunter/)
})

test('every act on a group leaves a record of who did what', async () => {
  const { ann } = scene.callers
  const top = await scene.makeGroup('Top')
  const below = await scene.makeGroup('Below', { parentId: top.id })
  const inside = await scene.makeDataSource('Inside', { groupId: below.id })
  assert.equal((await scene.call(ann, `PUT /v1/groups/${below.id}`, { parentId: null, name: 'Beside' })).outcome, '200')
  assert.equal((await scene.call(ann, `PUT /v1/groups/${below.id}`, { parentId: top.id })).outcome, '200')
  assert.equal((await scene.call(ann, `DELETE /v1/groups/${top.id}`)).outcome, '200')
  const [made, moved] = await scene.auditOf('group', below.id)
  assert.equal(made?.action, 'group.create')
  assert.deepEqual(moved?.details, {
    before: { name: 'Below', parentId: top.id },
    after: { name: 'Beside', parentId: null },
  })
  const deletion = (await scene.auditOf('group', top.id)).at(-1)
  assert.equal(deletion?.action, 'group.delete')
  assert.deepEqual(deletion?.details, {
    ...{ name: 'Top', parentId: null, groupsBelow: 1, groupIds: [below.id], ungrouped: 1, dataSourceIds: [inside.id] },
  })
})

test('what is refused leaves no record and changes nothing', async () => {
  const { ann } = scene.callers
  const group = await scene.makeGroup('Refused')
  await scene.makeGroup('Taken')
  const before = await scene.auditOf('group', group.id)
  const refused = await scene.call(ann, `PUT /v1/groups/${group.id}`, { stewards: ['sam'], name: 'TAKEN' })
  assert.equal(refused.outcome, '400 There is a Group with the same name')
  assert.deepEqual(await scene.auditOf('group', group.id), before)
  assert.deepEqual((await scene.call(ann, `GET /v1/groups/${group.id}`)).body, { group })
})

for (const kind of ['group', 'data_source'] as const) {
  test(`following by a PUT is no change of a ${kind}: it is recorded as what it is`, async () => {
    const { ann } = scene.callers
    const isGroup = kind === 'group'
    const made = await (isGroup ? scene.makeGroup('Followed') : scene.makeDataSource('Followed'))
    const [path, envelope] = isGroup ? ['groups', 'group'] : ['datasources', 'datasource']
    // As if it had been made long ago: a change would show.
    await scene.database.query(isGroup ? AGE_GROUP : AGE_DATA_SOURCE, [made.id])
    const put = async (body: object) => {
      const told = await scene.call(ann, `PUT /v1/${path}/${made.id}`, body)
      assert.equal(told.outcome, '200')
      const shown = told.body[envelope] as Shown
      assert.deepEqual((await scene.call(ann, `GET /v1/${path}/${made.id}`)).body[envelope], shown)
      return [shown['isCurrentUserFollowing'], shown['modifiedAt']]
    }
    for (const isFollowed of [true, true, false]) {
      assert.deepEqual(await put({ isCurrentUserFollowing: isFollowed }), [isFollowed, 1])
    }
    const [following, modifiedAt] = await put({ isCurrentUserFollowing: true, status: 'Online' })
    assert.ok(following === true && Number(modifiedAt) > 1)
    const records = await scene.auditOf(kind, made.id)
    assert.deepEqual(
      records.map(({ action }) => action),
      ['create', 'follow', 'unfollow', 'follow', 'change'].map((act) => `${kind}.${act}`),
    )
    assert.deepEqual(records.at(-1)?.details, { before: { status: '' }, after: { status: 'Online' } })
  })
}

test('a superadmin’s act is recorded in the organisation it was done in', async () => {
  const { root } = scene.callers
  const told = await scene.call(root, 'POST /v1/groups?organisation=2', { name: 'Theirs', membersType: 'datasource' })
  const { id } = told.body['group'] as { id: number }
  const [record] = await scene.auditOf('group', id)
  assert.deepEqual([record?.organisation_id, record?.actor_id], [2, root.userId])
})
