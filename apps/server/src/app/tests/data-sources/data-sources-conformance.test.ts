import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { type DataSourceScene, type Shown, startDataSourceScene } from '../../testing/data-source-scene.ts'

let scene: DataSourceScene
before(async () => {
  scene = await startDataSourceScene()
})
after(() => scene[Symbol.asyncDispose]())

for (const root of ['/v1', '/api/v1']) {
  describe(`data sources under ${root}`, () => {
    const named = (name: string) => `${name} at ${root}`
    let dataSource: Shown
    before(async () => {
      dataSource = await scene.makeDataSource(named('Ledger'))
    })

    test('POST answers every field of the new data source, in its envelope', async () => {
      const { ann, bob } = scene.callers
      const group = await scene.makeGroup(named('Finance'))
      const sent = {
        ...{ name: named('Sales'), databaseType: 'SQL Server', host: 'db.example', port: 1433, database: 'sales' },
        ...{ description: 'Of Europe', status: 'Online', aliases: 'Earnings', abbreviations: 'SLS', userData: 'text' },
        ...{ properties: { owner: 'ops' }, groupId: group.id },
      }
      const told = await scene.call(ann, `POST ${root}/datasources`, { ...sent, stewards: ['bob', bob.userId] })
      assert.equal(told.outcome, '200')
      assert.deepEqual(Object.keys(told.body), ['datasource'])
      const { id, createdAt, modifiedAt, ...rest } = told.body['datasource'] as Shown
      assert.ok(Number.isInteger(createdAt))
      assert.equal(modifiedAt, createdAt)
      assert.deepEqual(rest, {
        ...sent,
        ...{ type: 'Data Source', url: `/v1/datasources/${id}`, link: `/datasource/view.spg?key=${id}` },
        stewards: [{ id: bob.userId, name: 'Bob Doe', type: 'person', url: `/api/users/${bob.userId}` }],
        loginCredentials: [],
        isCurrentUserFollowing: false,
      })
      assert.deepEqual((await scene.call(bob, `GET ${root}/datasources/${id}`)).body, told.body)
    })

    test('GET lists data sources with what they were asked by', async () => {
      const group = await scene.makeGroup(named('Listed'))
      const inside = await scene.makeDataSource(named('Inside'), { groupId: group.id })
      const told = await scene.call(scene.callers.sam, `GET ${root}/datasources?groupId=${group.id}&q=inside&limit=5`)
      assert.deepEqual(told.body, {
        metadata_: { limit: 5, offset: 0, totalCount: 1, q: 'inside', groupId: group.id },
        datasources: [inside],
      })
    })

    test('PUT changes what is sent and nothing else', async () => {
      const made = await scene.makeDataSource(named('Partial'), {
        port: 5432,
        properties: { a: 'b' },
        stewards: ['sam'],
      })
      const { ann } = scene.callers
      const told = await scene.call(ann, `PUT ${root}/datasources/${made.id}`, { host: 'db2', port: null })
      const { modifiedAt: _, ...changed } = told.body['datasource'] as Shown
      const { modifiedAt: __, port: ___, ...unchanged } = made
      assert.deepEqual(changed, { ...unchanged, host: 'db2' })
    })

    test('PUT takes back what GET told, and stewards as the interface shows them', async () => {
      const { ann } = scene.callers
      const made = await scene.makeDataSource(named('Round trip'), { stewards: [{ name: 'Sam Doe' }] })
      const told = await scene.call(ann, `PUT ${root}/datasources/${made.id}`, { ...made, description: 'new' })
      const { modifiedAt: _, ...changed } = told.body['datasource'] as Shown
      const { modifiedAt: __, ...before } = made
      assert.deepEqual(changed, { ...before, description: 'new' })
    })

    test('PUT can have the caller follow it', async () => {
      const { ann } = scene.callers
      const told = await scene.call(ann, `PUT ${root}/datasources/${dataSource.id}`, { isCurrentUserFollowing: true })
      assert.equal((told.body['datasource'] as Shown)['isCurrentUserFollowing'], true)
    })

    test('DELETE answers the original’s words, once', async () => {
      const { ann } = scene.callers
      const made = await scene.makeDataSource(named('Gone'), { stewards: ['sam'] })
      await scene.call(scene.callers.sam, `POST ${root}/datasources/${made.id}/follow`)
      const told = await scene.call(ann, `DELETE ${root}/datasources/${made.id}`)
      assert.equal(told.text, '{"message":"OK","status":"200"}')
      assert.equal((await scene.call(ann, `DELETE ${root}/datasources/${made.id}`)).outcome, '404 Not Found')
    })

    test('following is each user’s own', async () => {
      const { sam, bob } = scene.callers
      const follows = async (caller: typeof sam) => {
        const { body } = await scene.call(caller, `GET ${root}/datasources?q=${encodeURIComponent(named('Ledger'))}`)
        return (body['datasources'] as Shown[])[0]?.['isCurrentUserFollowing']
      }
      for (const again of [1, 2]) {
        const told = await scene.call(sam, `POST ${root}/datasources/${dataSource.id}/follow`)
        assert.deepEqual(told.body, { message: 'OK', status: '200' }, String(again))
      }
      assert.deepEqual([await follows(sam), await follows(bob)], [true, false])
      assert.equal((await scene.call(sam, `DELETE ${root}/datasources/${dataSource.id}/follow`)).outcome, '200')
      assert.equal(await follows(sam), false)
    })

    const operations = [
      ...['GET /datasources', 'POST /datasources', 'GET /datasources/{id}', 'PUT /datasources/{id}'],
      ...['DELETE /datasources/{id}', 'POST /datasources/{id}/follow', 'DELETE /datasources/{id}/follow'],
    ]
    const at = (operation: string, id: number | string) =>
      operation.replace(' ', ` ${root}`).replace('{id}', String(id))
    const bodyFor = (operation: string) => {
      if (operation === 'POST /datasources') return { name: named('New'), databaseType: 'Other' }
      return operation.startsWith('PUT') ? { description: 'x' } : undefined
    }

    for (const operation of operations) {
      test(`${operation} tells the anonymous 401, in XML to those who ask for it`, async () => {
        const { anonymous } = scene.callers
        const json = await scene.call(anonymous, at(operation, dataSource.id), bodyFor(operation))
        assert.deepEqual([Object.keys(json.body), json.body['status']], [['message', 'status'], 401])
        const xml = await scene.call(anonymous, at(operation, dataSource.id), bodyFor(operation), 'application/xml')
        assert.match(xml.text, /^<\?xml[^>]+><oauth><error>[^<]+<\/error><\/oauth>$/)
      })
    }

    for (const operation of operations.filter((each) => each.includes('{id}'))) {
      test(`${operation} tells 404 of what is not there, or another organisation’s`, async () => {
        const { ann, eve } = scene.callers
        const told = await scene.call(ann, at(operation, 999_999), bodyFor(operation))
        assert.deepEqual(told.body, { message: 'Not Found', status: 404 })
        const foreign = await scene.call(eve, at(operation, dataSource.id), bodyFor(operation))
        assert.equal(foreign.outcome, '404 Not Found')
        assert.equal((await scene.call(ann, at(operation, 'one'), bodyFor(operation))).status, 404)
      })
    }

    for (const operation of operations.filter((each) => !each.startsWith('GET') && !each.endsWith('follow'))) {
      test(`${operation} tells 403 those who may not edit`, async () => {
        const { admin, sam } = scene.callers
        for (const caller of [admin, sam]) {
          const told = await scene.call(caller, at(operation, dataSource.id), bodyFor(operation))
          assert.deepEqual(told.body, { message: 'Forbidden', status: 403 })
        }
      })
    }

    const ok = { name: named('x'), databaseType: 'Other' }
    const bad: ReadonlyArray<readonly [string, unknown, string | RegExp]> = [
      ['POST /datasources', { name: named('x') }, 'databaseType field is required'],
      ['POST /datasources', { databaseType: 'Other' }, 'name field is required'],
      [
        'POST /datasources',
        { ...ok, databaseType: 'Access' },
        'databaseType must be one of PostgreSQL, MySQL, Oracle, SQL Server, DB2, SQLite, Other',
      ],
      ['POST /datasources', { ...ok, port: 'many' }, 'port must be an integer'],
      ['POST /datasources', { ...ok, port: 65_536 }, 'port must be at most 65535'],
      ['POST /datasources', { ...ok, groupId: 999_999 }, 'groupId: there is no group 999999'],
      ['POST /datasources', { ...ok, properties: { a: 1 } }, 'properties.a must be a string'],
      ['POST /datasources', { ...ok, colour: 'red' }, /^unknown field "colour" \(known: name, databaseType, /],
      ['POST /datasources', { ...ok, name: 'a\u200bb' }, 'name must be printable, and without blanks at its ends'],
      ['POST /datasources', { ...ok, name: named('LEDGER') }, 'There is a Data Source with the same name'],
      ['POST /datasources', { ...ok, stewards: ['Nobody'] }, 'stewards[0]: there is no person "Nobody"'],
      ['POST /datasources', { ...ok, loginCredentials: [999_999] }, /^loginCredentials\[0\] must be/],
      ['POST /datasources', '[', 'Error parsing json content'],
      ['PUT /datasources/{id}', '', 'Error parsing json content'],
      ['PUT /datasources/{id}', { id: 999_999 }, /^id must be \d+, as in the path, or left out$/],
      ['PUT /datasources/{id}', { databaseType: null }, /^databaseType must be one of/],
      ['GET /datasources?limit=0', undefined, 'limit must be at least 1'],
      ['GET /datasources?groupId=none', undefined, 'groupId must be an integer'],
    ]
    for (const [operation, body, message] of bad) {
      test(`${operation} with ${JSON.stringify(body)} tells what is wrong`, async () => {
        const told = await scene.call(scene.callers.ann, at(operation, dataSource.id), body)
        assert.equal(told.status, 400, told.text)
        if (typeof message === 'string') assert.deepEqual(told.body, { message, status: 400 })
        else assert.match(String(told.body['message']), message)
      })
    }

    test('a page of the original leads to the console', async () => {
      const answer = await fetch(`${scene.callers.anonymous.url}${dataSource['link']}`, { redirect: 'manual' })
      assert.equal(answer.status, 302)
      assert.equal(answer.headers.get('location'), `/console/data-sources/${dataSource.id}`)
    })
  })
}

test('words failures at URLs of nothing as their neighbours do', async () => {
  const { ann } = scene.callers
  for (const path of ['/v1/datasources/1/nothing', '/api/v1/nothing', '/v1/groups/1/members']) {
    assert.deepEqual((await scene.call(ann, `GET ${path}`)).body, { message: 'Not Found', status: 404 })
  }
  const told = await scene.call(ann, 'PUT /v1/datasources')
  assert.deepEqual(
    [told.status, told.body['status'], told.headers.get('allow')],
    [405, 405, 'GET, HEAD, POST, OPTIONS'],
  )
})

test('names the error in a header, where the original’s words tell no reason', async () => {
  const { bob, anonymous } = scene.callers
  const { id } = await scene.makeDataSource('Named in a header')
  const codeOf = async (caller: ApiClient, operation: string, body?: object) => {
    const { outcome, headers } = await scene.call(caller, operation, body)
    return `${outcome}: ${headers.get('x-error-code')}`
  }
  assert.equal(await codeOf(bob, `PUT /v1/datasources/${id}`, {}), '403 Forbidden: entry.not_yours')
  assert.equal(await codeOf(bob, 'GET /v1/datasources/999999'), '404 Not Found: data_source.not_found')
  assert.match(await codeOf(anonymous, 'GET /v1/datasources'), /^401 .*: sign_in\.required$/)
})
