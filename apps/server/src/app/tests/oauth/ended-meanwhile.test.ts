import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Connection, Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { Browser, type Visited } from '../../testing/oauth-browser.ts'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ISSUER, startOAuthScene } from '../../testing/oauth-server.ts'

const API = 'GET /v1/admin/sessions/'
const VERIFIER = 'v'.repeat(43)
const HOLD_GRANTS = statement('test.hold-grants', 'select from oauth_grant for update')
const END_GRANTS = statement('test.end-grants', 'delete from oauth_grant')
const USE = statement('test.note-use', 'insert into client_use values (1, $1, $2, now(), now())')
const TOKENS = statement<{ readonly tokens: number }>(
  'test.count-issued-tokens',
  'select count(*)::int as tokens from oauth_access_token',
)
const WAITING = statement<{ readonly waiting: number }>(
  'test.wait-for-grants',
  `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
)

async function untilWaiting(database: Database, many: number): Promise<void> {
  while (((await database.query(WAITING))[0]?.waiting ?? 0) < many) await setImmediate()
}

async function countTokens(database: Connection): Promise<number | undefined> {
  return (await database.query(TOKENS))[0]?.tokens
}

async function errorOf(answer: Response): Promise<string> {
  return `${answer.status} ${((await answer.json()) as { error?: string }).error}`
}

/** What is asked for gets as far as the sign-in's grant, which then ends. */
async function endDuring<T>(database: Database, ask: () => Promise<T>): Promise<T> {
  const { asked } = await database.transaction(async (tx) => {
    await tx.query(HOLD_GRANTS)
    const begun = ask()
    begun.catch(() => undefined)
    await untilWaiting(database, 1)
    await tx.query(END_GRANTS)
    return { asked: begun }
  })
  return await asked
}

/** Signed in, and back with a code. */
async function backWithCode(app: OAuthApp, browser: Browser): Promise<Visited> {
  await browser.open(await app.authorizationUrl(VERIFIER))
  await browser.signIn()
  return await browser.submit('consent', { decision: 'allow' })
}

test('a refresh whose sign-in ends under way is told so, and leaves nothing', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const { access, refresh } = await app.authorize()
  const answer = await endDuring(scene.database, () => app.tryRefresh(refresh))
  assert.equal(await errorOf(answer), '400 invalid_grant')
  assert.equal(await countTokens(scene.database), 1)
  await app.revoke(access)
  assert.equal(await countTokens(scene.database), 0)
})

test('a code whose sign-in ends under way brings no token, to a client without refresh tokens either', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient({ grantTypes: ['authorization_code'] }))
  const back = await backWithCode(app, new Browser(node))
  const redeemed = endDuring(scene.database, () => app.redeem(back, VERIFIER))
  await assert.rejects(redeemed, { error: 'invalid_grant' })
  assert.equal(await countTokens(scene.database), 0)
})

test('a token that comes just before its user takes the consent back does not outlive that', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const app = new OAuthApp(node, clientId)
  const browser = new Browser(node)
  const back = await backWithCode(app, browser)
  const headers = { cookie: browser.cookieHeader('/'), origin: ISSUER }
  const { redeeming, withdrawing } = await scene.database.transaction(async (tx) => {
    // The token waits here, after it has found that its sign-in goes on.
    await tx.query(USE, [clientId, scene.ann])
    const first = app.redeem(back, VERIFIER)
    await untilWaiting(scene.database, 1)
    const second = node.fetch(`${ISSUER}/oauth/consents/${clientId}`, { method: 'DELETE', headers })
    await untilWaiting(scene.database, 2)
    return { redeeming: first, withdrawing: second }
  })
  const [redeemed, { status }] = await Promise.all([redeeming.catch(() => undefined), withdrawing])
  assert.equal(status, 204)
  assert.equal(await countTokens(scene.database), 0)
  if (redeemed) assert.equal((await app.call(API, redeemed.access)).status, 401)
})
