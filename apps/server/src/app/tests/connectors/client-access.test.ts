import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { CONNECTOR_TOKEN_PREFIX } from '../../../features/sign-in/index.ts'
import { PERMISSION_FLAGS } from '../../../kernel/principal.ts'
import { statement } from '../../../platform/database/statement.ts'
import { secretToken } from '../../../platform/security/secret-token.ts'
import { ApiClient } from '../../testing/api-client.ts'
import { ANN, type ClientNode, startClientScene } from '../../testing/client-server.ts'
import { startModelServer } from '../../testing/model-server.ts'
import { makeTeam } from '../../testing/model-steps.ts'

const SET_USER = statement('test.switch-ann', `update app_user set enabled = $1 where username = 'ann'`)
const SET_ORGANISATION = statement('test.switch-organisation', 'update organisation set enabled = $1 where id = 1')
const PROMOTE = statement<{ id: string }>(
  'test.promote-ann',
  `update app_user set role = 'superadmin', flags = $1 where username = 'ann' returning id`,
)
const ADD_TOKEN = statement(
  'test.add-connector-token',
  `with made as (
     insert into connector (organisation_id, user_id, client_id, device_name, platform, app_version, secret_hash, state,
                            created_by, created_at, state_changed_at)
     values (1, $1, 'app', 'phone', 'os', '1', 'secret', 'Enabled', 'login', now(), now()) returning id)
   insert into connector_token (token_hash, connector_id, created_at, expires_at)
   select $2, id, now(), now() + interval '10 minutes' from made`,
)
const ORDER_WIPE = statement(
  'test.order-wipe-of-client',
  `update connector set state = 'Wipe', wipe_ordered_at = now() where id = $1`,
)
const WAITING = statement<{ readonly waiting: number }>(
  'test.clients-waiting-for-locks',
  `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
)

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

test('who waits hears of the organisation being disabled', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.logIn()
  const waiting = node.call('GET /v1/client/status/?wait=60', { secret })
  await node.call('GET /v1/client/status/', { secret })
  await scene.database.query(SET_ORGANISATION, [false])
  assert.equal((await waiting).body['order'], 'locked')
})

test('deleting the connector ends its tokens', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { secret } = await node.logIn()
  const token = await tokenOf(node, secret)
  await node.call('POST /v1/client/logout/', { secret })
  assert.equal((await node.call('GET /api/tokens', { secret: token })).status, 401)
})

test('an order to wipe reaches the client of a disabled user or organisation, and is confirmed', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  for (const switchTo of [SET_USER, SET_ORGANISATION]) {
    const { id, secret } = await node.logIn()
    await scene.setState(id, 'Wipe')
    await scene.database.query(switchTo, [false])
    assert.equal((await node.call('GET /v1/client/status/', { secret })).body['order'], 'wipe')
    assert.equal((await node.call('POST /v1/client/wiped/', { secret })).body['connector_state'], 'Wiped')
    await scene.database.query(switchTo, [true])
  }
})

test('no log-out outruns an order to wipe', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const { id, secret } = await node.logIn()
  const { answer } = await scene.database.transaction(async (tx) => {
    await tx.query(ORDER_WIPE, [id])
    const asked = node.call('POST /v1/client/logout/', { secret })
    while ((await scene.database.query(WAITING))[0]?.waiting === 0) await delay(5)
    return { answer: asked }
  })
  assert.equal((await answer).problem, '403 connector.wipe')
  assert.equal((await node.call('GET /v1/client/status/', { secret })).body['order'], 'wipe')
})

test('a connector, of an admin even, changes nobody’s way in, which would outlive it', async () => {
  await using scene = await startClientScene()
  await using node = await scene.startNode()
  const [{ id: ann } = { id: '' }] = await scene.database.query(PROMOTE, [PERMISSION_FLAGS])
  const bob = await scene.addUser({ username: 'bob', email: 'bob@example.org' })
  const { cookie } = await node.call('POST /v1/admin/login/', { body: { email: ANN.email, password: ANN.password } })
  const made = (await node.call('POST /api/tokens', { cookie, body: { name: 'ci' } })).body
  const [session] = (await node.call('GET /v1/admin/sessions/', { cookie })).body['sessions'] as [
    { session_id: string },
  ]
  const token = await tokenOf(node, (await node.logIn()).secret)
  const refused = async (operation: string, body?: object) => {
    const answer = await node.call(operation, { secret: token, ...(body && { body }) })
    return `${answer.status} ${answer.body['error'] ?? answer.body['code']}`
  }
  const password = { password: 'brand new password', currentPassword: ANN.password }
  for (const [operation, body] of [
    ['POST /api/tokens', { name: 'forever' }],
    [`DELETE /api/tokens/${made['id']}`],
    [`PUT /api/users/${ann}/password`, password],
    [`PUT /api/users/${bob}/password`, password],
    [`PUT /api/users/${bob}/admin`, { role: 'superadmin', flags: PERMISSION_FLAGS }],
    ['DELETE /v1/admin/sessions/'],
    [`DELETE /v1/admin/sessions/${session.session_id}/`],
    [`DELETE /v1/admin/users/${ann}/sessions/`],
    [`DELETE /v1/admin/users/${bob}/sessions/`],
    [`DELETE /v1/admin/users/${bob}/second-factor/`],
  ] as const) {
    assert.equal(await refused(operation, body), '403 access.by_app', operation)
  }
  const proof = { password: ANN.password }
  assert.equal(await refused('POST /v1/admin/second-factor/', {}), '403 sign_in.reauthenticate')
  assert.equal(await refused('POST /v1/admin/second-factor/verify/', { token: '123456' }), '403 sign_in.session_needed')
  assert.equal(await refused('POST /v1/admin/second-factor/turn-off/', proof), '403 sign_in.session_needed')
  assert.equal(await refused('POST /v1/admin/second-factor/recovery-codes/', proof), '403 sign_in.session_needed')
  assert.equal(await refused('POST /v1/admin/reauthenticate/', proof), '403 sign_in.session_needed')
  assert.equal((await node.call('POST /v1/admin/logout/', { secret: token })).status, 200)
  assert.equal((await node.call('GET /v1/admin/sessions/', { cookie })).body['total'], 1)
})

test('nor does it make a user with a password', async () => {
  await using server = await startModelServer()
  const token = secretToken.next(CONNECTOR_TOKEN_PREFIX)
  await server.database.query(ADD_TOKEN, [server.root.userId, secretToken.digest(token)])
  const phone = new ApiClient({ url: server.root.url, token })
  const team = await makeTeam(phone, 'team')
  const user = { username: 'mallory', email: 'mallory@example.org', password: 'correct-horse' }
  assert.equal(await phone.problem('POST /api/users', { user }), '403 access.by_app')
  assert.equal(await phone.problem(`POST /api/teams/${team}/members/new`, { user }), '403 access.by_app')
  const { password: _, ...plain } = user
  await phone.change('POST /api/users', { user: plain })
})
