import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as oauth from 'oauth4webapi'
import { statement } from '../../../platform/database/statement.ts'
import { secretToken } from '../../../platform/security/secret-token.ts'
import { Browser, type Visited } from '../../testing/oauth-browser.ts'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ISSUER, type OAuthScene, startOAuthScene } from '../../testing/oauth-server.ts'

const API = 'GET /v1/admin/sessions/'
const NOT_PERMITTED = 'This app has been disabled by your company. Contact your admin for help.'
const DISABLED = 'This app has been disabled. Contact support for help.'
const SECRET = 'a-secret-of-a-machine'
const USES = statement<{ readonly user_id: string; readonly times: number }>(
  'test.client-uses',
  'select user_id, count(*)::int as times from client_use where client_id = $1 group by user_id',
)
const REQUESTS = statement<{ readonly client_id: string; readonly user_id: string; readonly reason: string }>(
  'test.client-requests',
  'select client_id, user_id, reason from client_request',
)
const ADD_CONNECTOR = statement(
  'test.add-connector-of-client',
  `with made as (
     insert into connector (organisation_id, user_id, client_id, device_name, platform, app_version, secret_hash, state,
       created_by, created_at, state_changed_at)
     values (1, $1, $2, 'phone', 'ios', '1', $3, 'Enabled', 'login', now(), now()) returning id)
   insert into connector_token (token_hash, connector_id, created_at, expires_at)
   select $4, made.id, now(), now() + interval '10 minutes' from made`,
)

async function refusedOf(answer: Response): Promise<string> {
  const { error_description } = (await answer.json()) as { error_description?: string }
  return `${answer.status} ${error_description}`
}

function errorOf({ url }: Visited): readonly (string | null)[] {
  const { searchParams } = new URL(url)
  return [searchParams.get('error'), searchParams.get('error_description'), searchParams.get('state')]
}

test('permit, sign in, call, shut out, let in again', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  const tokens = await app.authorize()
  assert.match(tokens.access, /^pto_/)
  assert.equal((await app.call(API, tokens.access)).status, 200)
  assert.equal((await app.introspect(tokens.access)).active, true)
  assert.equal((await app.introspect(tokens.refresh)).active, true)

  await scene.permit(clientId, false)
  const refused = await app.call(API, tokens.access)
  assert.equal(refused.status, 401)
  assert.match(refused.headers.get('www-authenticate') ?? '', /Bearer realm="portreeve", error="invalid_token"/)
  for (const token of [tokens.access, tokens.refresh]) assert.deepEqual(await app.introspect(token), { active: false })
  for (const _attempt of [1, 2]) {
    const answer = await app.tryRefresh(tokens.refresh)
    assert.equal(answer.status, 403)
    assert.deepEqual(await answer.json(), {
      error: 'unauthorized_client',
      error_description: NOT_PERMITTED,
      error_uri: `${ISSUER}/oauth/error#unauthorized_client`,
    })
  }

  await scene.permit(clientId, true)
  assert.equal((await app.call(API, tokens.access)).status, 200)
  const renewed = await app.refresh(tokens.refresh)
  assert.equal((await app.call(API, renewed.access)).status, 200)
  assert.deepEqual(await scene.database.query(USES, [clientId]), [{ user_id: scene.ann, times: 1 }])
})

/** What keeps a token out, and how refreshing it is refused meanwhile. */
const SWITCHES: readonly {
  readonly what: string
  readonly status: number
  readonly refresh: string
  switchTo(scene: OAuthScene, clientId: string, isOn: boolean): Promise<void>
}[] = [
  {
    what: 'the client, for everyone',
    status: 401,
    refresh: `403 ${DISABLED}`,
    switchTo: (scene, clientId, isOn) => scene.run('client', clientId, isOn),
  },
  {
    what: 'the user',
    status: 401,
    refresh: '400 grant request is invalid',
    switchTo: (scene, _clientId, isOn) => scene.run('user', scene.ann, isOn),
  },
  {
    what: 'the organisation',
    status: 403,
    refresh: '400 grant request is invalid',
    switchTo: (scene, _clientId, isOn) => scene.run('organisation', isOn),
  },
]

for (const { what, status, refresh, switchTo } of SWITCHES) {
  test(`disabling ${what} stops live tokens at once, and refresh tokens until it is enabled again`, async () => {
    await using scene = await startOAuthScene()
    await using node = await scene.startNode()
    const clientId = await scene.addClient()
    const app = new OAuthApp(node, clientId)
    const tokens = await app.authorize()
    await switchTo(scene, clientId, false)
    assert.equal((await app.call(API, tokens.access)).status, status)
    assert.deepEqual(await app.introspect(tokens.access), { active: false })
    assert.equal(await refusedOf(await app.tryRefresh(tokens.refresh)), refresh)
    await switchTo(scene, clientId, true)
    assert.equal((await app.call(API, tokens.access)).status, 200)
    assert.ok((await app.refresh(tokens.refresh)).access)
  })
}

test('a client that acts for itself is let in as any other is', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const userId = await scene.addUser({ username: 'machine' })
  const machine = { secret: SECRET, userId, grantTypes: ['client_credentials'], redirectUris: [] }
  const clientId = await scene.addClient(machine)
  const app = new OAuthApp(node, clientId, SECRET)
  const token = await app.actForItself()
  assert.equal((await app.call('GET /api/tokens', token)).status, 200)
  assert.equal((await app.introspect(token)).active, true)
  assert.deepEqual(await scene.database.query(USES, [clientId]), [{ user_id: userId, times: 1 }])
  await scene.permit(clientId, false)
  assert.equal((await app.call('GET /api/tokens', token)).status, 401)
  assert.deepEqual(await app.introspect(token), { active: false })
  assert.equal(await refusedOf(await app.tryActForItself()), `403 ${NOT_PERMITTED}`)
  await scene.permit(clientId, true)
  await scene.run('user', userId, false)
  assert.equal((await app.call('GET /api/tokens', token)).status, 401)
  assert.equal((await app.tryActForItself()).status, 403)
  const wrong = await new OAuthApp(node, clientId, 'another-secret').tryActForItself()
  assert.equal(wrong.status, 401)
})

test('who is signed in and stopped at the gate is shown why, can ask an admin, and goes back with the error', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient({ isPermitted: false, name: 'Ten <b>Tools' })
  const app = new OAuthApp(node, clientId)
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl(oauth.generateRandomCodeVerifier()))
  const stopped = await browser.signIn()
  assert.equal(stopped.status, 200)
  assert.ok(stopped.text.includes(`<p role="alert">${NOT_PERMITTED}</p>`))
  assert.ok(stopped.text.includes('Ten &lt;b&gt;Tools') && !stopped.text.includes('<b>'))
  const asked = await browser.submit('ask', { reason: 'for the audit' })
  assert.match(asked.text, /Your admin has been asked/)
  const request = { client_id: clientId, user_id: scene.ann, reason: 'for the audit' }
  assert.deepEqual(await scene.database.query(REQUESTS), [request])
  assert.deepEqual(errorOf(await browser.submit('leave')), ['unauthorized_client', NOT_PERMITTED, 'the-state'])
  const quiet = await browser.open(await app.authorizationUrl('v'.repeat(43), { prompt: 'none' }))
  assert.equal(quiet.url.startsWith('https://app.example/back?'), true)
  assert.equal(errorOf(quiet)[0], 'unauthorized_client')
})

test('an app that is disabled for everyone is told so, and no admin can be asked', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  await scene.run('client', clientId, false)
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl('v'.repeat(43)))
  const stopped = await browser.signIn()
  assert.ok(stopped.text.includes(DISABLED))
  assert.doesNotMatch(stopped.text, /Ask your admin/)
  assert.deepEqual(errorOf(await browser.submit('leave')).slice(0, 2), ['unauthorized_client', DISABLED])
})

test('who waits at the gate goes on once the app is permitted', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient({ isPermitted: false })
  const app = new OAuthApp(node, clientId)
  const browser = new Browser(node)
  const verifier = oauth.generateRandomCodeVerifier()
  await browser.open(await app.authorizationUrl(verifier))
  const stopped = await browser.signIn()
  await scene.permit(clientId, true)
  assert.match((await browser.open(stopped.url)).text, /Let Team App in\?/)
  assert.ok((await app.redeem(await browser.submit('consent', { decision: 'allow' }), verifier)).access)
})

test('a code is refused when the app was shut out meanwhile', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  const browser = new Browser(node)
  const verifier = oauth.generateRandomCodeVerifier()
  await browser.open(await app.authorizationUrl(verifier))
  await browser.signIn()
  const back = await browser.submit('consent', { decision: 'allow' })
  await scene.permit(clientId, false)
  await assert.rejects(app.redeem(back, verifier), { error: 'unauthorized_client', status: 403 })
})

test('connectors of a registered client are let in as it is; those of one that is not known, always', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  const [own, others] = ['pta_own', 'pta_others']
  const add = (client: string, token: string) => {
    const hashes = [secretToken.digest(`secret of ${token}`), secretToken.digest(token)]
    return scene.database.query(ADD_CONNECTOR, [scene.ann, client, ...hashes])
  }
  await add(clientId, own)
  await add('team-app', others)
  const statuses = async () => [(await app.call(API, own)).status, (await app.call(API, others)).status]
  assert.deepEqual(await statuses(), [200, 200])
  await scene.permit(clientId, false)
  assert.deepEqual(await statuses(), [401, 200])
  await scene.permit(clientId, true)
  await scene.run('client', clientId, false)
  assert.deepEqual(await statuses(), [401, 200])
})
