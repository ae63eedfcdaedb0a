import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ISSUER, REDIRECT_URI, startOAuthScene } from '../../testing/oauth-server.ts'

const API = 'GET /v1/admin/sessions/'
const VERIFIER = 'v'.repeat(43)

interface Counts {
  readonly tokens: number
  readonly records: number
  readonly grants: number
}

const COUNTS = statement<Counts>(
  'test.count-oauth-rows',
  `select (select count(*)::int from oauth_access_token) as tokens, (select count(*)::int from oauth_record) as records,
          (select count(*)::int from oauth_grant) as grants`,
)
const AGE_TOKENS = statement(
  'test.age-oauth-tokens',
  `update oauth_access_token set expires_at = now() - interval '1 second'`,
)
const AGE_RECORDS = statement(
  'test.age-oauth-records',
  `update oauth_record set expires_at = now() - interval '1 second'`,
)
const AGE_GRANTS = statement('test.age-oauth-grants', `update oauth_grant set expires_at = now() - interval '1 second'`)
const OF_YESTERDAY = statement(
  'test.age-oauth-sign-ins',
  `update oauth_grant set created_at = now() - interval '25 hours'`,
)

async function count(database: Connection): Promise<Counts | undefined> {
  return (await database.query(COUNTS))[0]
}

test('what is over is swept, and nothing else', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const { access } = await app.authorize()
  const before = await count(scene.database)
  assert.ok(before?.tokens && before.records && before.grants)
  await node.oauth.sweep()
  await node.oauth.purge()
  assert.deepEqual(await count(scene.database), before)
  assert.equal((await app.call(API, access)).status, 200)
  for (const age of [AGE_TOKENS, AGE_RECORDS, AGE_GRANTS]) await scene.database.query(age)
  await node.oauth.sweep()
  assert.deepEqual(await count(scene.database), { tokens: 0, records: 0, grants: 0 })
})

test('a sign-in of yesterday that nothing is left of is swept, one that has a token is not', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const app = new OAuthApp(node, await scene.addClient())
  const { refresh } = await app.authorize()
  await scene.database.query(OF_YESTERDAY)
  await node.oauth.purge()
  assert.equal((await count(scene.database))?.grants, 1)
  await app.refresh(refresh)
  await scene.database.query(AGE_RECORDS)
  await node.oauth.sweep()
  await node.oauth.purge()
  assert.deepEqual(await count(scene.database), { tokens: 2, records: 0, grants: 1 })
  await scene.database.query(AGE_TOKENS)
  await node.oauth.sweep()
  await node.oauth.purge()
  assert.deepEqual(await count(scene.database), { tokens: 0, records: 0, grants: 0 })
})

test('who asks for too many sign-in pages for one app is told to wait, by way of the app; another app goes on', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const [app, other] = [new OAuthApp(node, await scene.addClient()), new OAuthApp(node, await scene.addClient())]
  const url = await app.authorizationUrl(VERIFIER)
  // Whatever it says of where it comes from.
  const begin = async (at: string, n: number) => {
    const answer = await node.fetch(at, { headers: { 'x-forwarded-for': `203.0.113.${n % 250}` } })
    return new URL(answer.headers.get('location') ?? '', ISSUER)
  }
  for (let n = 0; n < 300; n += 1) assert.match((await begin(url, n)).pathname, /^\/oauth\/interaction\//)
  const { records } = (await count(scene.database)) ?? {}
  const back = await begin(url, 301)
  assert.equal(back.origin, new URL(REDIRECT_URI).origin)
  assert.equal(back.searchParams.get('error'), 'temporarily_unavailable')
  assert.equal((await count(scene.database))?.records, records)
  assert.match((await begin(await other.authorizationUrl(VERIFIER), 302)).pathname, /^\/oauth\/interaction\//)
})
