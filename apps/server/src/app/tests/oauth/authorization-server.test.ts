import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import * as openid from 'openid-client'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { Browser } from '../../testing/oauth-browser.ts'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ANN, ISSUER, type OAuthNode, REDIRECT_URI, startOAuthScene } from '../../testing/oauth-server.ts'

const API = 'GET /v1/admin/sessions/'
const VERIFIER = 'v'.repeat(43)
const SECRET = 'the/secret:of an+app'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const EVERYTHING = statement<{ readonly row: string }>(
  'test.everything-stored',
  `select query_to_xml('select * from ' || quote_ident(table_name), true, false, '')::text as row
   from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
)

async function post(node: OAuthNode, path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return await node.fetch(`${ISSUER}${path}`, { method: 'POST', headers: form, body: new URLSearchParams(fields) })
}

async function errorOf(answer: Response): Promise<string> {
  return `${answer.status} ${((await answer.json()) as { error?: string }).error}`
}

test('says where everything is, by the name the world knows it by', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const metadata = await app.metadata()
  assert.equal(metadata.issuer, ISSUER)
  assert.equal(metadata.authorization_endpoint, `${ISSUER}/oauth/authorize`)
  assert.equal(metadata.token_endpoint, `${ISSUER}/oauth/token`)
  assert.equal(metadata.introspection_endpoint, `${ISSUER}/oauth/introspect`)
  assert.equal(metadata.revocation_endpoint, `${ISSUER}/oauth/revoke`)
  assert.equal(metadata.registration_endpoint, `${ISSUER}/oauth/register`)
  assert.deepEqual(metadata.grant_types_supported?.toSorted(), [
    'authorization_code',
    'client_credentials',
    'refresh_token',
  ])
  assert.deepEqual(metadata.response_types_supported, ['code'])
  assert.deepEqual(metadata.response_modes_supported, ['query', 'fragment'])
  assert.deepEqual(metadata.code_challenge_methods_supported, ['S256'])
})

test('answers as the rest of the server does: request ids, headers, methods, and one line in the log', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const answer = await node.fetch(`${ISSUER}/oauth/token`, {
    method: 'POST',
    headers: { ...form, 'x-request-id': 'mine' },
    body: 'grant_type=refresh_token&client_id=nobody&refresh_token=secret-of-mine',
  })
  assert.equal(await errorOf(answer), '401 invalid_client')
  assert.equal(answer.headers.get('x-request-id'), 'mine')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.match(answer.headers.get('strict-transport-security') ?? '', /max-age/)
  assert.equal(answer.headers.get('x-frame-options'), 'DENY')
  const wrong = await node.fetch(`${ISSUER}/oauth/token`)
  assert.equal(wrong.status, 405)
  assert.match(wrong.headers.get('allow') ?? '', /POST/)
  const lines = node.log.filter((line) => line.includes('"route":"oauthToken"'))
  assert.equal(lines.length, 1)
  assert.match(lines[0] ?? '', /"status":401/)
  assert.ok(!node.log.join('').includes('secret-of-mine'))
  assert.equal((await post(node, '/oauth/token', { grant_type: 'x'.repeat(70_000) })).status, 400)
})

test('says that it cannot answer now, and when to ask again, while there is no database', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const client_id = await scene.addClient()
  const token = 'pto_u'
  await node.loseDatabase()
  for (const [path, fields] of Object.entries({
    token: { grant_type: 'refresh_token', refresh_token: 'x' },
    introspect: { token },
    revoke: { token },
  })) {
    const answer = await post(node, `/oauth/${path}`, { client_id, ...fields })
    assert.equal(await errorOf(answer), '503 temporarily_unavailable', path)
    assert.equal(answer.headers.get('retry-after'), '5')
  }
  const headers = { authorization: 'Bearer ptg_x', 'content-type': 'application/json' }
  const registered = await node.fetch(`${ISSUER}/oauth/register`, { method: 'POST', headers, body: '{}' })
  assert.equal(await errorOf(registered), '503 temporarily_unavailable')
  const page = await node.fetch(`${ISSUER}/oauth/authorize?client_id=${client_id}`)
  assert.equal(page.status, 503)
  assert.match(await page.text(), /The database cannot be reached at the moment/)
  assert.equal(node.log.filter((line) => line.includes('the authorization server failed')).length, 5)
})

test('a public client must use PKCE, and only the right verifier redeems a code', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  const browser = new Browser(node)
  const query = { client_id: clientId, redirect_uri: REDIRECT_URI, response_type: 'code' }
  const bare = await browser.open(`${ISSUER}/oauth/authorize?${new URLSearchParams(query)}`)
  assert.equal(new URL(bare.url).searchParams.get('error'), 'invalid_request')
  await browser.open(await app.authorizationUrl(VERIFIER))
  await browser.signIn()
  const back = await browser.submit('consent', { decision: 'allow' })
  await assert.rejects(app.redeem(back, 'w'.repeat(43)), { error: 'invalid_grant' })
  assert.ok((await app.redeem(back, VERIFIER)).access)
})

test('a code is good once; a second time it ends what came of the first', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl(VERIFIER))
  await browser.signIn()
  const back = await browser.submit('consent', { decision: 'allow' })
  const { access } = await app.redeem(back, VERIFIER)
  assert.equal((await app.call(API, access)).status, 200)
  await assert.rejects(app.redeem(back, VERIFIER), { error: 'invalid_grant' })
  assert.equal((await app.call(API, access)).status, 401)
})

test('a refresh token is good once, and shown twice ends its sign-in, not the others of the same app', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const first = await app.authorize()
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl(VERIFIER))
  const other = await app.redeem(await browser.signIn(), VERIFIER)
  const renewed = await app.refresh(first.refresh)
  assert.equal(await errorOf(await app.tryRefresh(first.refresh)), '400 invalid_grant')
  assert.equal((await app.call(API, renewed.access)).status, 401)
  assert.equal(await errorOf(await app.tryRefresh(renewed.refresh)), '400 invalid_grant')
  assert.equal((await app.call(API, other.access)).status, 200)
})

test('of two nodes that are shown a refresh token at once, one rotates it', async () => {
  await using scene = await startOAuthScene()
  await using one = await scene.startNode()
  await using two = await scene.startNode()
  const clientId = await scene.addClient()
  const apps = [new OAuthApp(one, clientId), new OAuthApp(two, clientId)]
  const { refresh } = (await apps[0]?.authorize()) ?? { refresh: '' }
  const answers = await Promise.all(apps.map((app) => app.tryRefresh(refresh)))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400])
})

test('nodes share keys, sign-ins and tokens: what begins on one goes on at another', async () => {
  await using scene = await startOAuthScene()
  await using one = await scene.startNode()
  await using two = await scene.startNode()
  const clientId = await scene.addClient()
  const browser = new Browser(one)
  await browser.open(await new OAuthApp(one, clientId).authorizationUrl(VERIFIER))
  browser.moveTo(two)
  await browser.signIn()
  browser.moveTo(one)
  const back = await browser.submit('consent', { decision: 'allow' })
  const tokens = await new OAuthApp(two, clientId).redeem(back, VERIFIER)
  assert.equal((await new OAuthApp(one, clientId).call(API, tokens.access)).status, 200)
  await new OAuthApp(one, clientId).revoke(tokens.access)
  assert.equal((await new OAuthApp(two, clientId).call(API, tokens.access)).status, 401)
})

test('openid-client signs in by discovery, with a secret, and believes the ID token of another node', async () => {
  await using scene = await startOAuthScene()
  await using one = await scene.startNode()
  await using two = await scene.startNode()
  const clientId = await scene.addClient({ secret: SECRET })
  const at = (node: OAuthNode) => (url: string, init: object) => node.fetch(url, init as RequestInit)
  const discover = { [openid.customFetch]: at(one) }
  const config = await openid.discovery(new URL(ISSUER), clientId, SECRET, openid.ClientSecretPost(SECRET), discover)
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: 'openid',
    code_challenge: await openid.calculatePKCECodeChallenge(VERIFIER),
    code_challenge_method: 'S256',
    nonce: 'the-nonce',
  })
  const browser = new Browser(one)
  await browser.open(url.href)
  await browser.signIn()
  const back = await browser.submit('consent', { decision: 'allow' })
  config[openid.customFetch] = at(two)
  openid.enableNonRepudiationChecks(config)
  const checks = { pkceCodeVerifier: VERIFIER, expectedNonce: 'the-nonce' }
  const tokens = await openid.authorizationCodeGrant(config, new URL(back.url), checks)
  assert.equal(tokens.claims()?.sub, scene.ann)
  const renewed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '')
  assert.equal((await openid.tokenIntrospection(config, renewed.access_token)).active, true)
  await openid.tokenRevocation(config, renewed.access_token)
  assert.equal((await openid.tokenIntrospection(config, renewed.access_token)).active, false)
})

test('revoking a token ends it and all that came of the same sign-in; others cannot', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const stranger = new OAuthApp(node, await scene.addClient({ secret: SECRET }), SECRET)
  const tokens = await app.authorize()
  await assert.rejects(stranger.revoke(tokens.refresh), { error: 'invalid_request' })
  assert.equal((await app.call(API, tokens.access)).status, 200)
  await app.revoke(tokens.refresh)
  assert.equal((await app.call(API, tokens.access)).status, 401)
  assert.deepEqual(await app.introspect(tokens.refresh), { active: false })
  assert.equal(await errorOf(await app.tryRefresh(tokens.refresh)), '400 invalid_grant')
  await app.revoke('no-such-token')
})

test('introspection tells a client with a secret of any token, and one without of its own', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  const { access } = await app.authorize()
  const service = new OAuthApp(node, await scene.addClient({ secret: SECRET }), SECRET)
  const told = await service.introspect(access)
  assert.deepEqual([told.active, told.client_id, told.sub, told.scope], [true, clientId, scene.ann, 'api'])
  assert.equal(Number(told.exp) - Number(told.iat), 1200)
  assert.deepEqual(await new OAuthApp(node, await scene.addClient()).introspect(access), { active: false })
  await scene.run('expiry')
  assert.deepEqual(await service.introspect(access), { active: false })
  assert.equal((await app.call(API, access)).status, 401)
})

test('Huddle’s paths and its older scheme work, without a scope', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const client_id = await scene.addClient({ secret: SECRET })
  const browser = new Browser(node)
  const query = new URLSearchParams({ client_id, redirect_uri: REDIRECT_URI, response_type: 'code', state: 's' })
  await browser.open(`${ISSUER}/request?${query}`)
  await browser.signIn()
  const back = new URL((await browser.submit('consent', { decision: 'allow' })).url)
  assert.equal(back.searchParams.get('state'), 's')
  const headers = { ...form, authorization: `Basic ${btoa(`${client_id}:${encodeURIComponent(SECRET)}`)}` }
  const ask = async (path: string, fields: Readonly<Record<string, string>>) => {
    const answer = await node.fetch(`${ISSUER}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) })
    assert.equal(answer.status, 200)
    return (await answer.json()) as Record<string, string>
  }
  const code = back.searchParams.get('code') ?? ''
  const tokens = await ask('/token', { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI })
  assert.equal(tokens['scope'], 'api')
  const renewed = await ask('/refresh', { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] ?? '' })
  const authorization = `OAuth2 ${renewed['access_token']}`
  assert.equal((await node.fetch(`${ISSUER}/v1/admin/sessions/`, { headers: { authorization } })).status, 200)
})

test('an app registers itself with a token that a superadmin issued, and is let in nowhere yet', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const registration_endpoint = `${ISSUER}/oauth/register`
  const register = (token: string, metadata: object) =>
    node.fetch(registration_endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(metadata),
    })
  const metadata = { client_name: 'Ten Tools', redirect_uris: [REDIRECT_URI], grant_types: ['authorization_code'] }
  assert.equal((await register('nothing', metadata)).status, 401)
  const login = await node.fetch(`${ISSUER}/v1/admin/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ANN.email, password: ANN.password }),
  })
  const cookie = login.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const issue = (body: object) =>
    node.fetch(`${ISSUER}/oauth/registration-tokens`, {
      method: 'POST',
      headers: { cookie, origin: ISSUER, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  assert.equal(await errorOf(await issue({ expires_in: 1 })), '400 oauth.bad_lifetime')
  const { token } = (await (await issue({})).json()) as { token: string }
  const answer = await register(token, metadata)
  assert.equal(answer.status, 201)
  const made = (await answer.json()) as { client_id: string; client_secret: string }
  const app = new OAuthApp(node, made.client_id, made.client_secret)
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl(VERIFIER))
  assert.match((await browser.signIn()).text, /Ten Tools may not come in/)
  await scene.permit(made.client_id, true)
  await browser.open(await app.authorizationUrl(VERIFIER))
  assert.equal((await browser.submit('consent', { decision: 'allow' })).status, 303)
  const bad = await register(token, { ...metadata, redirect_uris: ['http://app.example/'] })
  assert.equal(await errorOf(bad), '400 invalid_redirect_uri')
  const machine = { ...metadata, redirect_uris: [], grant_types: ['client_credentials'], response_types: [] }
  assert.equal(await errorOf(await register(token, machine)), '400 invalid_client_metadata')
  assert.ok(!(await stored(scene.database)).includes(made.client_secret))

  let asked = 0
  const inside = createServer((socket) => {
    asked += 1
    socket.destroy()
  })
  await new Promise<void>((listening) => inside.listen(0, '127.0.0.1', listening))
  const { port } = inside.address() as AddressInfo
  const curious = { ...metadata, sector_identifier_uri: `https://127.0.0.1:${port}/` }
  assert.equal(await errorOf(await register(token, curious)), '400 invalid_client_metadata')
  inside.close()
  assert.equal(asked, 0)
})

test('no token, code, secret or cookie that anybody shows stands in the database or in the log', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl(VERIFIER))
  const shown = new Set<string>()
  const note = () => {
    for (const [, value = ''] of browser.cookieHeader('/oauth/').matchAll(/=([^;]{20,})/g)) shown.add(value)
  }
  note()
  const { url } = await browser.signIn()
  note()
  const back = await browser.submit('consent', { decision: 'allow' })
  note()
  const tokens = await app.redeem(back, VERIFIER)
  const renewed = await app.refresh(tokens.refresh)
  const second = await browser.open(await app.authorizationUrl(VERIFIER, { prompt: 'login' }))
  note()
  const code = new URL(back.url).searchParams.get('code') ?? ''
  const ids = [url, second.url].map((page) => page.split('/').at(-1) ?? '')
  for (const text of [tokens.access, tokens.refresh, renewed.access, renewed.refresh, code, ...ids]) shown.add(text)
  assert.ok(shown.size >= 10)
  const everything = await stored(scene.database)
  const log = node.log
    .filter((line) => !line.includes('/oauth/interaction/') && !line.includes('/oauth/authorize/'))
    .join('')
  for (const text of shown) {
    assert.ok(!everything.includes(text), 'in the database')
    assert.ok(!log.includes(text), 'in the log')
  }
})

/** Every row of every table. */
async function stored(database: Connection): Promise<string> {
  return (await database.query(EVERYTHING)).map(({ row }) => row).join('')
}
