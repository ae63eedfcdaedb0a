import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { cookieOf, problemOf, type SignInServer, SUPERADMIN, startSignInServer } from '../../testing/sign-in-server.ts'

const ORIGIN = { origin: 'https://gate.example' }
const ADD_CONNECTOR = statement(
  'test.add-connector-to-wipe',
  `insert into connector (id, organisation_id, user_id, client_id, device_name, platform, app_version, secret_hash, state,
                          created_by, created_at, state_changed_at)
   select 7, 1, id, 'client', 'phone', 'os', '1', 'secret', 'Enabled', 'login', now(), now()
   from app_user where username = 'admin'`,
)
const STATE = statement<{ state: string }>('test.state-of-wiped', 'select state from connector where id = 7')

function change(server: SignInServer, headers: Record<string, string>, connector_state: string): Promise<Response> {
  return server.send('PUT /v1/admin/connectors/7/', { connector_state }, headers)
}

function wipeMany(server: SignInServer, headers: Record<string, string>): Promise<Response> {
  return server.send('POST /v1/admin/connectors/bulk/', { connector_ids: [7], connector_state: 'Wipe' }, headers)
}

async function stateOf(server: SignInServer): Promise<string | undefined> {
  return (await server.database.query(STATE))[0]?.state
}

test('ordering a wipe takes a password shown within ten minutes', async () => {
  await using server = await startSignInServer()
  await server.database.query(ADD_CONNECTOR)
  const headers = { cookie: cookieOf(await server.logIn(SUPERADMIN)), ...ORIGIN }
  server.clock.time += 10 * 60_000 + 1
  assert.equal(await problemOf(await change(server, headers, 'Wipe')), '403 sign_in.reauthenticate')
  assert.equal(await problemOf(await wipeMany(server, headers)), '403 sign_in.reauthenticate')
  assert.equal((await change(server, headers, 'Disabled')).status, 200)
  assert.equal(await stateOf(server), 'Disabled')
  const { password } = SUPERADMIN
  assert.equal((await server.send('POST /v1/admin/reauthenticate/', { password }, headers)).status, 200)
  server.clock.time += 10 * 60_000
  assert.equal((await change(server, headers, 'Wipe')).status, 200)
  assert.equal(await stateOf(server), 'Wipe')
})

test('an access token, however new, orders no wipe, of one connector or of many', async () => {
  await using server = await startSignInServer()
  await server.database.query(ADD_CONNECTOR)
  const bearer = await server.bearer()
  assert.equal(await problemOf(await change(server, bearer, 'Wipe')), '403 sign_in.reauthenticate')
  assert.equal(await problemOf(await wipeMany(server, bearer)), '403 sign_in.reauthenticate')
  assert.equal(await stateOf(server), 'Enabled')
})
