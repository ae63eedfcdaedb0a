import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { Browser } from '../../testing/oauth-browser.ts'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ISSUER, startOAuthScene } from '../../testing/oauth-server.ts'

const API = 'GET /v1/admin/sessions/'
const VERIFIER = 'v'.repeat(43)
const WITHDRAWALS = statement<{ readonly object_id: string }>(
  'test.list-withdrawals',
  `select object_id from audit_record where action = 'client.withdraw_consent'`,
)

test('who takes a consent back ends all sign-ins of that app at once, and is asked again', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  const other = new OAuthApp(node, await scene.addClient({ name: 'Other App' }))
  const browser = new Browser(node)
  const elsewhere = new Browser(node)
  const first = await app.authorize(browser)
  await elsewhere.open(await app.authorizationUrl(VERIFIER))
  const tokens = [first, await app.redeem(await elsewhere.signIn(), VERIFIER)]
  const kept = await other.authorize()
  const own = async (method: string, path: string) => {
    const headers = { cookie: browser.cookieHeader('/'), origin: ISSUER }
    return await node.fetch(`${ISSUER}/oauth/consents${path}`, { method, headers })
  }
  const listed = (await (await own('GET', '')).json()) as { consents: { client_id: string }[]; total: number }
  assert.equal(listed.total, 2)
  assert.ok(listed.consents.some(({ client_id }) => client_id === clientId))

  assert.equal((await own('DELETE', `/${clientId}`)).status, 204)
  for (const { access, refresh } of tokens) {
    assert.equal((await app.call(API, access)).status, 401)
    assert.equal((await app.tryRefresh(refresh)).status, 400)
  }
  assert.equal((await other.call(API, kept.access)).status, 200)
  assert.match((await browser.open(await app.authorizationUrl(VERIFIER))).text, /Let Team App in\?/)
  assert.equal((await own('DELETE', `/${clientId}`)).status, 404)
  assert.deepEqual(await scene.database.query(WITHDRAWALS), [{ object_id: clientId }])
})
