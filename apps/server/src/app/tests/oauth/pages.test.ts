import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as oauth from 'oauth4webapi'
import { decodeBase32 } from '../../../features/sign-in/second-factor/base32.ts'
import { oneTimeCode, timeStep } from '../../../features/sign-in/second-factor/one-time-code.ts'
import { statement } from '../../../platform/database/statement.ts'
import { Browser } from '../../testing/oauth-browser.ts'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ANN, ISSUER, type OAuthNode, REDIRECT_URI, startOAuthScene } from '../../testing/oauth-server.ts'

const VERIFIER = 'v'.repeat(43)
const AUDIT = statement<{ readonly action: string }>(
  'test.audit-of-oauth',
  `select action from audit_record where action ~ '^(sign_in|client)' order by id`,
)
const FORGET_BROWSERS = statement('test.forget-browsers', `delete from oauth_record where kind = 'Session'`)
const AGE_SIGN_INS = statement(
  'test.age-sign-ins',
  `update session set authenticated_at = authenticated_at - interval '1 hour'`,
)
const END_SESSIONS = statement('test.end-all-sessions', 'delete from session')

function sessionCookie(browser: Browser): string {
  return /portreeve_session=[^;]+/.exec(browser.cookieHeader('/'))?.[0] ?? ''
}

async function logIn(node: OAuthNode): Promise<Response> {
  return await node.fetch(`${ISSUER}/v1/admin/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ANN.email, password: ANN.password }),
  })
}

test('the pages run no script, are framed by nobody, and send forms home and to the app alone', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  const signIn = await browser.open(await app.authorizationUrl(VERIFIER))
  const consent = await browser.signIn()
  for (const { headers, text, status } of [signIn, consent]) {
    assert.equal(status, 200)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' https:\/\/app\.example;/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.doesNotMatch(text, /<script|\son\w+=|javascript:/i)
    assert.match(text, /<html lang="en">/)
    for (const [, id] of text.matchAll(/<input id="([^"]+)"/g)) assert.ok(text.includes(`<label for="${id}">`))
  }
})

test('a form that another page sends, and one from another browser, do nothing', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  const { url } = await browser.open(await app.authorizationUrl(VERIFIER))
  const elsewhere = await browser.submit(
    'sign-in',
    { email: ANN.email, password: ANN.password },
    { origin: 'https://evil.example' },
  )
  assert.equal(elsewhere.status, 403)
  const unsaid = await node.fetch(`${url}/sign-in`, {
    method: 'POST',
    headers: {
      cookie: browser.cookieHeader(new URL(url).pathname),
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ email: ANN.email, password: ANN.password }),
  })
  assert.equal(unsaid.status, 403)
  const stranger = new Browser(node)
  assert.equal((await stranger.open(url)).status, 404)
  assert.equal((await stranger.signIn()).status, 404)
  await browser.signIn()
  assert.equal((await browser.submit('consent', { decision: 'allow' }, { origin: 'null' })).status, 403)
  assert.deepEqual(
    (await scene.database.query(AUDIT)).map(({ action }) => action),
    ['sign_in.succeed'],
  )
})

test('wrong passwords count as they do everywhere, and lock the account everywhere', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl(VERIFIER))
  for (let attempt = 0; attempt < 5; attempt++) {
    const refused = await browser.signIn({ password: 'wrong' })
    assert.equal(refused.status, 403)
    assert.match(refused.text, /role="alert">The email address or the password is wrong/)
    assert.ok(refused.text.includes(`value="${ANN.email}"`) && !refused.text.includes('value="wrong"'))
  }
  const locked = await browser.signIn()
  assert.equal(locked.status, 429)
  assert.ok(locked.headers.has('retry-after'))
  assert.equal((await logIn(node)).status, 429)
})

test('an account with two factors signs in with both, and a recovery code is good once', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const cookie = (await logIn(node)).headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const post = async (path: string, body: object) => {
    const headers = { cookie, origin: ISSUER, 'content-type': 'application/json' }
    const answer = await node.fetch(`${ISSUER}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as Record<string, unknown>
  }
  const secret = decodeBase32(String((await post('/v1/admin/second-factor/', {}))['secret']))
  const token = oneTimeCode(secret, timeStep(new Date()))
  const codes = (await post('/v1/admin/second-factor/verify/', { token }))['recovery_codes'] as readonly string[]

  const browser = new Browser(node)
  const start = async () => browser.open(await app.authorizationUrl(VERIFIER, { prompt: 'login' }))
  await start()
  assert.match((await browser.signIn()).text, /role="alert">This account has two factors/)
  assert.match((await browser.signIn({ token: '000000' })).text, /role="alert">The one-time code is wrong/)
  assert.match((await browser.signIn({ token: codes[0] ?? '' })).text, /Let Team App in\?/)
  await start()
  assert.match((await browser.signIn({ token: codes[0] ?? '' })).text, /role="alert">The one-time code is wrong/)
})

test('who is signed in is not asked again, nor for a consent that was given; an end of the session ends that', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  await app.authorize(browser)
  const again = await browser.open(await app.authorizationUrl(VERIFIER))
  assert.ok((await app.redeem(again, VERIFIER)).access)
  assert.ok(
    (await app.redeem(await browser.open(await app.authorizationUrl(VERIFIER, { prompt: 'none' })), VERIFIER)).access,
  )
  const asked = await browser.open(await app.authorizationUrl(VERIFIER, { prompt: 'login' }))
  assert.match(asked.text, /<h1>Sign in<\/h1>/)
  assert.match(
    (await browser.open(await app.authorizationUrl(VERIFIER, { prompt: 'consent' }))).text,
    /Let Team App in/,
  )
  await scene.database.query(END_SESSIONS)
  const quiet = await browser.open(await app.authorizationUrl(VERIFIER, { prompt: 'none' }))
  assert.equal(new URL(quiet.url).searchParams.get('error'), 'login_required')
  assert.match((await browser.open(await app.authorizationUrl(VERIFIER))).text, /<h1>Sign in<\/h1>/)
})

test('an app that wants a recent sign-in is told of the real one, however often the session served since', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  await app.authorize(browser)
  await scene.database.query(AGE_SIGN_INS)
  await scene.database.query(FORGET_BROWSERS)
  assert.equal((await browser.open(await app.authorizationUrl(VERIFIER))).status, 303)
  const recent = await app.authorizationUrl(VERIFIER, { scope: 'openid', max_age: '600' })
  assert.match((await browser.open(recent)).text, /<h1>Sign in<\/h1>/)
  assert.match((await browser.signIn()).text, /Let Team App in\?/)
})

test('somebody else can sign in at the same browser, and the app acts for them', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const passwordHash = await node.signIn.passwords.hash('bob’s password')
  const bob = await scene.addUser({ username: 'bob', email: 'bob@example.org', passwordHash })
  const browser = new Browser(node)
  const { access } = await app.authorize(browser)
  await browser.open(await app.authorizationUrl(VERIFIER, { prompt: 'login' }))
  const consent = await browser.signIn({ email: 'bob@example.org', password: 'bob’s password' })
  assert.match(consent.text, /signed in as <strong>bob<\/strong>/)
  const tokens = await app.redeem(await browser.submit('consent', { decision: 'allow' }), VERIFIER)
  assert.deepEqual([(await app.introspect(access)).sub, (await app.introspect(tokens.access)).sub], [scene.ann, bob])
})

test('a session of the console will do, and signing in for an app begins one', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl(VERIFIER))
  await browser.signIn()
  const listed = await node.fetch(`${ISSUER}/v1/admin/sessions/`, { headers: { cookie: sessionCookie(browser) } })
  assert.equal(((await listed.json()) as { total: number }).total, 1)
  assert.match((await browser.open(await app.authorizationUrl(VERIFIER))).text, /Let Team App in\?/)
})

test('who does not allow it goes back to the app with access_denied, and is asked again next time', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  await browser.open(await app.authorizationUrl(VERIFIER))
  const { text } = await browser.signIn()
  assert.match(text, /signed in as <strong>ann<\/strong>/)
  const denied = await browser.submit('consent', { decision: 'deny' })
  assert.equal(new URL(denied.url).searchParams.get('error'), 'access_denied')
  assert.equal((await browser.submit('consent', { decision: 'allow' })).status, 404)
  assert.match((await browser.open(await app.authorizationUrl(VERIFIER))).text, /Let Team App in\?/)
  await browser.submit('consent', { decision: 'allow' })
  const acts = (await scene.database.query(AUDIT)).map(({ action }) => action)
  assert.deepEqual(acts, ['sign_in.succeed', 'client.consent'])
})

test('an app on a device is allowed each time, and comes back on any port of loopback', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient({ redirectUris: ['http://127.0.0.1/back'] }))
  const browser = new Browser(node)
  const start = async () =>
    browser.open(await app.authorizationUrl(VERIFIER, { redirect_uri: 'http://127.0.0.1:49152/back' }))
  await start()
  const consent = await browser.signIn()
  assert.match(consent.headers.get('content-security-policy') ?? '', /form-action 'self' http:\/\/127\.0\.0\.1:49152;/)
  const back = await browser.submit('consent', { decision: 'allow' })
  assert.ok(back.url.startsWith('http://127.0.0.1:49152/back?'))
  assert.match((await start()).text, /Let Team App in\?/)
})

test('a request that names no good redirect URI goes nowhere, and is told so on a page', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  const browser = new Browser(node)
  for (const redirect_uri of ['https://evil.example/back', `${REDIRECT_URI}/more`, `${REDIRECT_URI}?x=<script>`]) {
    const refused = await browser.open(await app.authorizationUrl(oauth.generateRandomCodeVerifier(), { redirect_uri }))
    assert.equal(refused.status, 400)
    assert.match(refused.text, /<h1>This cannot go on<\/h1>/)
    assert.doesNotMatch(refused.text, /<script/)
  }
  assert.equal((await browser.open(`${ISSUER}/oauth/authorize?client_id=nobody`)).status, 400)
  assert.equal((await browser.open(`${ISSUER}/oauth/error`)).status, 200)
})
