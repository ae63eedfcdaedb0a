import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DataSourceScene, type Shown, startDataSourceScene } from '../../testing/data-source-scene.ts'

let scene: DataSourceScene
before(async () => {
  scene = await startDataSourceScene()
})
after(() => scene[Symbol.asyncDispose]())

const BODY = { membersType: 'datasource' }

for (const root of ['/v1', '/api/v1']) {
  describe(`groups under ${root}`, () => {
    const named = (name: string) => `${name} at ${root}`
    let group: Shown
    let member: Shown
    before(async () => {
      group = await scene.makeGroup(named('Important data source'))
      member = await scene.makeDataSource(named('Ledger'))
    })

    test('POST answers every field of the new group, in its envelope', async () => {
      const { ann, sam } = scene.callers
      const sent = {
        ...{ name: named('Sales'), ...BODY, parentId: group.id, description: 'Purpose', status: 'In progress' },
        ...{ aliases: 'alias', abbreviations: 'IA', userData: 'Anything.', stewards: [sam.userId] },
      }
      const told = await scene.call(ann, `POST ${root}/groups`, sent)
      assert.equal(told.outcome, '200')
      assert.deepEqual(Object.keys(told.body), ['group'])
      const { id, createdAt, modifiedAt, ...rest } = told.body['group'] as Shown
      assert.ok(Number.isInteger(id))
      const now = Date.now() / 1000
      assert.ok(Number.isInteger(createdAt) && Math.abs(now - Number(createdAt)) < 3600, String(createdAt))
      assert.equal(modifiedAt, createdAt)
      const stewards = [{ id: sam.userId, name: 'Sam Doe', type: 'person', url: `/api/users/${sam.userId}` }]
      assert.deepEqual(rest, {
        ...sent,
        ...{ stewards, type: 'Group', url: `/v1/groups/${id}`, link: `/group/view.spg?groupKey=${id}` },
        isCurrentUserFollowing: false,
      })
      const read = await scene.call(sam, `GET ${root}/groups/${id}`)
      assert.deepEqual(read.body, told.body)
    })

    test('GET lists groups with what they were asked by', async () => {
      const query = `q=${encodeURIComponent(named('IMPORTANT'))}&alphaFilter=i&limit=1&offset=0`
      const told = await scene.call(scene.callers.bob, `GET ${root}/groups?${query}`)
      assert.equal(told.outcome, '200')
      assert.deepEqual(Object.keys(told.body), ['metadata_', 'groups'])
      const { totalCount, ...metadata } = told.body['metadata_'] as Record<string, unknown>
      assert.deepEqual(metadata, { limit: 1, offset: 0, q: named('IMPORTANT'), alphaFilter: 'i' })
      // "at", "/v1" and "important" are in the one made at the other root, too.
      assert.ok(Number(totalCount) >= 1)
      const plain = await scene.call(scene.callers.bob, `GET ${root}/groups`)
      const { limit, offset } = plain.body['metadata_'] as Record<string, unknown>
      assert.deepEqual([limit, offset], [25, 0])
    })

    test('PUT changes what is sent and nothing else', async () => {
      const made = await scene.makeGroup(named('Partial'), { description: 'Stays', stewards: ['bob'] })
      const told = await scene.call(scene.callers.ann, `PUT ${root}/groups/${made.id}`, { status: 'Online' })
      const { modifiedAt, ...changed } = told.body['group'] as Shown
      const { modifiedAt: before, ...unchanged } = made
      assert.deepEqual(changed, { ...unchanged, status: 'Online' })
      assert.ok(Number(modifiedAt) >= Number(before))
    })

    test('PUT takes back what GET told', async () => {
      const told = await scene.call(scene.callers.ann, `GET ${root}/groups/${group.id}`)
      const sent = { ...(told.body['group'] as Shown), description: 'Round trip' }
      const changed = await scene.call(scene.callers.ann, `PUT ${root}/groups/${group.id}`, sent)
      assert.equal(changed.outcome, '200')
      assert.equal((changed.body['group'] as Shown)['description'], 'Round trip')
    })

    test('members are put in, moved and taken out', async () => {
      const { ann } = scene.callers
      const other = await scene.makeGroup(named('Other'))
      const groupOf = async () => {
        const { body } = await scene.call(ann, `GET ${root}/datasources/${member.id}`)
        return (body['datasource'] as Shown)['groupId']
      }
      for (const to of [group, other]) {
        const told = await scene.call(ann, `POST ${root}/groups/${to.id}/members/${member.id}`)
        assert.deepEqual(told.body, { message: 'OK', status: '200' })
        assert.equal(await groupOf(), to.id)
      }
      const wrong = await scene.call(ann, `DELETE ${root}/groups/${group.id}/members/${member.id}`)
      assert.equal(wrong.outcome, '404 Not Found')
      const told = await scene.call(ann, `DELETE ${root}/groups/${other.id}/members/${member.id}`)
      assert.deepEqual(told.body, { message: 'OK', status: '200' })
      assert.equal(await groupOf(), undefined)
    })

    test('DELETE takes the groups below along, and ungroups their data sources', async () => {
      const { ann } = scene.callers
      const top = await scene.makeGroup(named('Top'))
      const below = await scene.makeGroup(named('Below'), { parentId: top.id })
      const deep = await scene.makeDataSource(named('Deep'), { groupId: below.id })
      const told = await scene.call(ann, `DELETE ${root}/groups/${top.id}`)
      assert.equal(told.text, '{"message":"OK","status":"200"}')
      for (const gone of [top, below]) {
        assert.equal((await scene.call(ann, `GET ${root}/groups/${gone.id}`)).outcome, '404 Not Found')
      }
      const { body } = await scene.call(ann, `GET ${root}/datasources/${deep.id}`)
      assert.equal((body['datasource'] as Shown)['groupId'], undefined)
    })

    test('following is each user’s own', async () => {
      const { sam, bob } = scene.callers
      const follows = async (caller: typeof sam) => {
        const { body } = await scene.call(caller, `GET ${root}/groups/${group.id}`)
        return (body['group'] as Shown)['isCurrentUserFollowing']
      }
      for (const again of [1, 2]) {
        const told = await scene.call(sam, `POST ${root}/groups/${group.id}/follow`)
        assert.deepEqual(told.body, { message: 'OK', status: '200' }, String(again))
      }
      assert.deepEqual([await follows(sam), await follows(bob)], [true, false])
      assert.equal((await scene.call(sam, `DELETE ${root}/groups/${group.id}/follow`)).outcome, '200')
      assert.equal(await follows(sam), false)
    })

    const operations = [
      ...['GET /groups', 'GET /groups/roots', 'POST /groups', 'GET /groups/{id}', 'PUT /groups/{id}'],
      ...['DELETE /groups/{id}', 'POST /groups/{id}/follow', 'DELETE /groups/{id}/follow'],
      ...['POST /groups/{id}/members/{member}', 'DELETE /groups/{id}/members/{member}'],
    ]
    const at = (operation: string, ids: { readonly id: number; readonly member: number }) =>
      operation.replace(' ', ` ${root}`).replace('{id}', String(ids.id)).replace('{member}', String(ids.member))
    const bodyFor = (operation: string) => {
      if (operation.startsWith('POST /groups') && !operation.includes('{id}')) return { name: named('New'), ...BODY }
      return operation.startsWith('PUT') ? { description: 'x' } : undefined
    }

    for (const operation of operations) {
      test(`${operation} tells the anonymous 401, in XML to those who ask for it`, async () => {
        const asked = at(operation, { id: group.id, member: member.id })
        const { anonymous } = scene.callers
        const json = await scene.call(anonymous, asked, bodyFor(operation))
        assert.deepEqual(Object.keys(json.body), ['message', 'status'])
        assert.equal(json.body['status'], 401)
        const xml = await scene.call(anonymous, asked, bodyFor(operation), 'application/xml')
        assert.equal(xml.status, 401)
        assert.match(xml.text, /^<\?xml[^>]+><oauth><error>[^<]+<\/error><\/oauth>$/)
        assert.match(xml.headers.get('content-type') ?? '', /^application\/xml/)
      })
    }

    for (const operation of operations.filter((each) => each.includes('{id}'))) {
      test(`${operation} tells 404 of what is not there, or another organisation’s`, async () => {
        const { ann, eve } = scene.callers
        const absent = at(operation, { id: 999_999, member: member.id })
        const told = await scene.call(ann, absent, bodyFor(operation))
        assert.deepEqual(told.body, { message: 'Not Found', status: 404 })
        const there = at(operation, { id: group.id, member: member.id })
        assert.equal((await scene.call(eve, there, bodyFor(operation))).outcome, '404 Not Found')
        const malformed = at(operation, { id: 1, member: 1 }).replace('/1', '/one')
        assert.equal((await scene.call(ann, malformed, bodyFor(operation))).status, 404)
      })
    }

    for (const operation of operations.filter((each) => !each.startsWith('GET') && !each.endsWith('follow'))) {
      test(`${operation} tells 403 those who may not edit`, async () => {
        const { admin, sam } = scene.callers
        const asked = at(operation, { id: group.id, member: member.id })
        for (const caller of [admin, sam]) {
          const told = await scene.call(caller, asked, bodyFor(operation))
          assert.deepEqual(told.body, { message: 'Forbidden', status: 403 })
        }
      })
    }

    const bad: ReadonlyArray<readonly [string, unknown, string | RegExp]> = [
      ['POST /groups', { membersType: 'datasource' }, 'name field is required'],
      ['POST /groups', { name: named('x') }, 'membersType field is required'],
      ['POST /groups', {}, 'name field is required; membersType field is required'],
      ['POST /groups', { name: named('x'), membersType: 'group' }, 'membersType must be datasource'],
      ['POST /groups', { name: named('x'), ...BODY, parentId: 'top' }, 'parentId must be an integer'],
      ['POST /groups', { name: named('x'), ...BODY, parentId: 999_999 }, 'parentId: there is no group 999999'],
      ['POST /groups', { name: named('x'), ...BODY, colour: 'red' }, /^unknown field "colour" \(known: name, /],
      ['POST /groups', { name: ' x', ...BODY }, 'name must be printable, and without blanks at its ends'],
      ['POST /groups', { name: '', ...BODY }, 'name must not be empty'],
      ['POST /groups', { name: named('iMPORTANT data source'), ...BODY }, 'There is a Group with the same name'],
      ['POST /groups', '{"name":', 'Error parsing json content'],
      ['POST /groups', '', 'Error parsing json content'],
      ['POST /groups', { name: named('x'), ...BODY, stewards: ['nobody'] }, 'stewards[0]: there is no person "nobody"'],
      ['POST /groups', { name: named('x'), ...BODY, stewards: [{}] }, 'stewards[0] must have an id or a name'],
      ['PUT /groups/{id}', { id: 999_999 }, /^id must be \d+, as in the path, or left out$/],
      ['PUT /groups/{id}', { name: 5 }, 'name must be a string'],
      ['PUT /groups/{id}', { stewards: 'sam' }, 'stewards must be a list'],
      ['PUT /groups/{id}', { parentId: '{id}' }, /^parentId: group \d+ is this group itself or in it; name a group/],
      ['GET /groups?limit=many', undefined, 'limit must be an integer'],
      ['GET /groups?limit=1001', undefined, 'limit must be at most 1000'],
      ['GET /groups?offset=-1', undefined, 'offset must be at least 0'],
      ['GET /groups?parentId=top', undefined, 'parentId must be an integer'],
      ['GET /groups?alphaFilter=ab', undefined, 'alphaFilter must have at most 1 characters'],
      ['GET /groups?colour=red', undefined, /^unknown query parameter "colour"/],
    ]
    for (const [operation, body, message] of bad) {
      test(`${operation} with ${JSON.stringify(body)} tells what is wrong`, async () => {
        const asked = at(operation, { id: group.id, member: member.id })
        const sent = JSON.parse(JSON.stringify({ body }).replace('"{id}"', String(group.id))) as { body: unknown }
        const told = await scene.call(scene.callers.ann, asked, sent.body)
        assert.equal(told.body['status'], 400, told.text)
        if (typeof message === 'string') assert.deepEqual(told.body, { message, status: 400 })
        else assert.match(String(told.body['message']), message)
      })
    }

    test('a page of the original leads to the console', async () => {
      for (const link of [String(group['link']), `/groups/view.spg?key=${group.id}`]) {
        const answer = await fetch(`${scene.callers.anonymous.url}${link}`, { redirect: 'manual' })
        assert.equal(answer.status, 302)
        assert.equal(answer.headers.get('location'), `/console/groups/${group.id}`)
      }
    })
  })
}
