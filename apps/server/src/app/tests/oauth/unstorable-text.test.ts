import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Browser } from '../../testing/oauth-browser.ts'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ISSUER, startOAuthScene } from '../../testing/oauth-server.ts'

const VERIFIER = 'v'.repeat(43)
const form = { 'content-type': 'application/x-www-form-urlencoded' }

test('a client id with U+0000 is that of no client', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const body = 'grant_type=client_credentials&client_id=a%00b'
  const token = await node.fetch(`${ISSUER}/oauth/token`, { method: 'POST', headers: form, body })
  assert.equal(token.status, 401)
  const page = await node.fetch(`${ISSUER}/oauth/authorize?response_type=code&client_id=a%00b`)
  assert.equal(page.status, 400)
})

for (const parameter of ['nonce', 'login_hint', 'ui_locales']) {
  test(`the app is told of a ${parameter} with U+0000, and nothing fails`, async () => {
    await using scene = await startOAuthScene()
    await using node = await scene.startNode()
    const app = new OAuthApp(node, await scene.addClient())
    const browser = new Browser(node)
    const bad = await app.authorizationUrl(VERIFIER, { scope: 'openid', [parameter]: 'a\0b' })
    const { status, url } = await browser.open(bad)
    assert.equal(status, 303)
    assert.equal(new URL(url).searchParams.get('error'), 'invalid_request')
    assert.match(new URL(url).searchParams.get('error_description') ?? '', new RegExp(`${parameter}.*U\\+0000`))
    assert.ok(!node.log.some((line) => line.includes('"level":"error"')))
  })
}

test('a code is not made for a nonce with U+0000 either', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const browser = new Browser(node)
  await app.authorize(browser)
  const silent = { prompt: 'none', nonce: 'a\0b' }
  const { url } = await browser.open(await app.authorizationUrl(VERIFIER, silent))
  assert.equal(new URL(url).searchParams.get('error'), 'invalid_request')
  assert.ok(!node.log.some((line) => line.includes('"level":"error"')))
})
