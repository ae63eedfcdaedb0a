import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { type ClientNode, startClientScene } from '../../testing/client-server.ts'

const SET_USER = statement('test.switch-ann', `update app_user set enabled = $1 where username = 'ann'`)
const SET_ORGANISATION = statement('test.switch-organisation', 'update organisation set enabled = $1 where id = 1')

async function tokenOf(node: ClientNode, secret: string): Promise<string> {
  const { body, status } = await node.call('POST /v1/client/token/', { secret })
  assert.equal(status, 200)
  assert.equal(body['token_type'], 'Bearer')
  assert.equal(body['expires_in'], 600)
  return String(body['access_token'])
}

test('an access token stands for the user on every route, for ten minutes', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.logIn()
  const token = await tokenOf(node, secret)
  assert.equal((await node.call('GET /api/tokens', { secret: token })).status, 200)
  assert.equal((await node.call('GET /api/tokens', { secret })).problem, '401 undefined')
  scene.clock.time += 600_000
  assert.equal((await node.call('GET /api/tokens', { secret: token })).status, 401)
})

test('a change of state bites live tokens at once, on every node', async () => {
  await using scene = await startClientScene()
  await using one = await scene.startNode()
  await using two = await scene.startNode()
  const { id, secret } = await one.logIn()
  const token = await tokenOf(one, secret)
  for (const state of ['Disabled', 'Wipe', 'Pending', 'Wiped']) {
    await scene.setState(id, state)
    for (const node of [one, two]) {
      const refused = await node.call('GET /api/tokens', { secret: token })
      assert.equal(`${refused.status} ${refused.body['code']}`, `403 connector.${state.toLowerCase()}`)
      const ofSecret = await node.call('POST /v1/client/token/', { secret })
      assert.equal(ofSecret.problem, `403 connector.${state.toLowerCase()}`)
      assert.equal((await node.call('GET /v1/client/status/', { secret })).status, 200)
    }
    await scene.setState(id, 'Enabled')
    assert.equal((await two.call('GET /api/tokens', { secret: token })).status, 200)
  }
})

test('so does disabling the user or the organisation, which locks the client', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { id, secret } = await node.logIn()
  const token = await tokenOf(node, secret)
  for (const [switchTo, status] of [
    [SET_USER, 401],
    [SET_ORGANISATION, 403],
  ] as const) {
    await scene.database.query(switchTo, [false])
    assert.equal((await node.call('GET /api/tokens', { secret: token })).status, status)
    assert.equal((await node.call('POST /v1/client/token/', { secret })).problem, '403 connector.closed')
    const locked = { connector_id: id, connector_state: 'Enabled', order: 'locked' }
    assert.deepEqual((await node.call('GET /v1/client/status/', { secret })).body, locked)
    await scene.database.query(switchTo, [true])
  }
})

test('deleting the connector ends its tokens', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.logIn()
  const token = await tokenOf(node, secret)
  await node.call('POST /v1/client/logout/', { secret })
  assert.equal((await node.call('GET /api/tokens', { secret: token })).status, 401)
})

test('a connector makes no personal access token, which would outlive it', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const token = await tokenOf(node, (await node.logIn()).secret)
  const made = await node.call('POST /api/tokens', { secret: token, body: { name: 'forever' } })
  assert.equal(`${made.status} ${made.body['code']}`, '403 access_token.by_connector')
})
