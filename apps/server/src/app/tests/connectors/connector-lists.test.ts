import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Caller, type ConnectorScene, startConnectorScene } from '../../testing/connector-scene.ts'

const LIST = '/v1/admin/connectors/'

async function idsOf(scene: ConnectorScene, caller: Caller, query = ''): Promise<string> {
  const { body, outcome } = await scene.call(caller, `GET ${LIST}?${query}`)
  assert.equal(outcome, '200', query)
  const connectors = body['connectors'] as readonly { readonly connector_id: number }[]
  return `${connectors.map(({ connector_id }) => connector_id).join(' ')} of ${body['total']}`
}

function day(of: number): Date {
  return new Date(Date.UTC(2025, 0, of))
}

test('narrows, sorts and pages', async () => {
  await using scene = await startConnectorScene()
  const [user, foreign] = scene.users
  const { ann, root } = scene.callers
  const carl = await scene.server.addUser({ username: 'carl' })
  await scene.addConnector({ user, createdAt: day(1), lastUsedAt: day(9) })
  await scene.addConnector({ user: carl, state: 'Disabled', createdAt: day(2) })
  await scene.addConnector({ user, state: 'Disabled', clientId: 'desk', createdAt: day(3), lastUsedAt: day(4) })
  await scene.addConnector({ user: foreign })
  assert.equal(await idsOf(scene, ann), '1 2 3 of 3')
  assert.equal(await idsOf(scene, root, 'organisation=2'), '4 of 1')
  assert.equal(await idsOf(scene, ann, `user_id=${user.toUpperCase()}`), '1 3 of 2')
  assert.equal(await idsOf(scene, ann, 'connector_state=Disabled'), '2 3 of 2')
  assert.equal(await idsOf(scene, ann, `connector_state=Disabled&user_id=${user}`), '3 of 1')
  assert.equal(await idsOf(scene, ann, 'client_id=desk'), '3 of 1')
  assert.equal(await idsOf(scene, ann, `last_used_before=${day(4).toISOString()}`), '2 of 1')
  assert.equal(await idsOf(scene, ann, `last_used_after=${day(2).toISOString()}`), '1 3 of 2')
  assert.equal(await idsOf(scene, ann, 'sort=last_used_at'), '2 3 1 of 3')
  assert.equal(await idsOf(scene, ann, 'sort=last_used_at&descending=true'), '1 3 2 of 3')
  assert.equal(await idsOf(scene, ann, 'sort=username'), '2 1 3 of 3')
  assert.equal(await idsOf(scene, ann, 'sort=created_at&descending=true&page_size=2&page=2'), '1 of 3')
  assert.equal(await idsOf(scene, ann, 'page=9'), ' of 3')
})

test('shows a connector, and who brought it where it is', async () => {
  await using scene = await startConnectorScene()
  const { ann, viewer } = scene.callers
  const id = await scene.addConnector({ user: scene.users[0], createdAt: day(1), lastUsedAt: day(2) })
  await scene.call(ann, `PUT ${LIST}${id}/`, { connector_state: 'Wipe' })
  const { body } = await scene.call(viewer, `GET ${LIST}${id}/`)
  const { state_changed_by, ...shown } = body
  assert.match(String(state_changed_by), /^[0-9a-f-]{36}$/)
  assert.deepEqual(shown, {
    connector_id: id,
    connector_state: 'Wipe',
    user_id: scene.users[0],
    username: 'user1',
    organisation_id: 1,
    client_id: 'app',
    device_name: 'phone',
    platform: 'os',
    app_version: '1',
    created_by: 'registration',
    created_at: day(1).toISOString(),
    last_used_at: day(2).toISOString(),
    state_changed_at: '2026-01-01T00:00:00.000Z',
    wipe_ordered_at: '2026-01-01T00:00:00.000Z',
  })
})

test('refuses who may not look, and what cannot be asked', async () => {
  await using scene = await startConnectorScene()
  const { ann, root, shut, anonymous } = scene.callers
  const carl = { email: 'carl@example.org', password: 'carl’s password' }
  await scene.server.addUser({ username: 'carl', ...carl, role: 'admin', flags: ['allow_modify_teams'] })
  const blind = await scene.server.bearer(carl)
  const foreign = await scene.addConnector({ user: scene.users[1] })
  const off = await scene.addConnector({ user: scene.users[2] })
  const get = async (caller: Caller, path: string) => (await scene.call(caller, `GET ${LIST}${path}`)).outcome
  assert.equal(await get(anonymous, ''), '401 sign_in.required')
  assert.equal(await get(blind, ''), '403 access.flag_missing')
  assert.equal(await get(blind, `${foreign}/`), '403 access.flag_missing')
  assert.equal(await get(shut, ''), '403 organisation.disabled')
  assert.equal(await get(ann, '?organisation=2'), '403 organisation.other')
  assert.equal(await get(root, '?organisation=3'), '409 organisation.target_disabled')
  assert.equal(await get(ann, `${foreign}/`), '403 organisation.other')
  assert.equal(await get(root, `${foreign}/`), '200')
  assert.equal(await get(root, `${off}/`), '200')
  for (const query of [
    'user_id=x',
    'connector_state=x',
    'sort=secret_hash',
    'page=0',
    'page_size=1001',
    'last_used_after=x',
  ]) {
    assert.equal(await get(ann, `?${query}`), '400 request.invalid', query)
  }
})
