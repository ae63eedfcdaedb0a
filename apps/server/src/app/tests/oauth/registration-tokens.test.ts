import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import { ANN, ISSUER, type OAuthNode, REDIRECT_URI, startOAuthScene } from '../../testing/oauth-server.ts'

const PATH = '/oauth/registration-tokens'
const METADATA = { client_name: 'Ten Tools', redirect_uris: [REDIRECT_URI] }
const AUDITED = statement<{ readonly action: string; readonly object_id: string; readonly token: string | null }>(
  'test.list-registration-audit',
  `select action, object_id, details->>'registrationToken' as token from audit_record
   where action like 'registration_token.%' or action = 'client.create' order by id`,
)
const AGE = statement(
  'test.expire-registration-tokens',
  `update oauth_registration_token set expires_at = now() - interval '1 second'`,
)

interface Issued {
  readonly id: string
  readonly token: string
  readonly max_uses?: number
}

interface Listed {
  readonly id: string
  readonly uses: number
  readonly max_uses?: number
  readonly created_by: string
}

/** Requests of Ann's, a superadmin who has signed in. */
async function signIn(node: OAuthNode) {
  const headers = { 'content-type': 'application/json' }
  const login = await node.fetch(`${ISSUER}/v1/admin/login/`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: ANN.email, password: ANN.password }),
  })
  const cookie = login.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  return (method: string, path: string, body?: object) =>
    node.fetch(`${ISSUER}${path}`, {
      method,
      headers: { cookie, origin: ISSUER, ...(body && headers) },
      ...(body && { body: JSON.stringify(body) }),
    })
}

async function register(node: OAuthNode, token: string): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const body = JSON.stringify(METADATA)
  return (await node.fetch(`${ISSUER}/oauth/register`, { method: 'POST', headers, body })).status
}

test('a registration token is good for as many apps as it was issued for, however many come at once', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const ask = await signIn(node)
  const issued = (await (await ask('POST', PATH, { max_uses: 2 })).json()) as Issued
  const endless = (await (await ask('POST', PATH, {})).json()) as Issued
  assert.deepEqual([issued.max_uses, endless.max_uses], [2, undefined])
  const statuses = await Promise.all([1, 2, 3, 4].map(() => register(node, issued.token)))
  assert.deepEqual(statuses.toSorted(), [201, 201, 401, 401])
  assert.equal(await register(node, issued.token), 401)
  assert.equal(await register(node, endless.token), 201)
  const { registration_tokens, total } = (await (await ask('GET', PATH)).json()) as {
    registration_tokens: Listed[]
    total: number
  }
  assert.equal(total, 2)
  assert.deepEqual(
    registration_tokens.map(({ id, uses, max_uses, created_by }) => [id, uses, max_uses, created_by]),
    [
      [issued.id, 2, 2, ANN.username],
      [endless.id, 1, undefined, ANN.username],
    ],
  )
  assert.ok(!JSON.stringify(registration_tokens).includes('ptg_'))
  for (const max_uses of [0, 10_001, 'many']) assert.equal((await ask('POST', PATH, { max_uses })).status, 400)
})

test('nothing registers with a token that is revoked, or has expired; each act is audited', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const ask = await signIn(node)
  const { id, token } = (await (await ask('POST', PATH)).json()) as Issued
  assert.equal(await register(node, token), 201)
  assert.equal((await ask('DELETE', `${PATH}/${id}`)).status, 204)
  assert.equal(await register(node, token), 401)
  for (const unknown of [id, randomUUID(), 'nothing']) {
    assert.equal((await ask('DELETE', `${PATH}/${unknown}`)).status, 404)
  }
  const audited = await scene.database.query(AUDITED)
  assert.deepEqual(
    audited.map(({ action }) => action),
    ['registration_token.create', 'client.create', 'registration_token.revoke'],
  )
  assert.deepEqual([audited[0]?.object_id, audited[1]?.token, audited[2]?.object_id], [id, id, id])

  const other = (await (await ask('POST', PATH, { expires_in: 60 })).json()) as Issued
  await scene.database.query(AGE)
  assert.equal(await register(node, other.token), 401)
  await node.oauth.sweep()
  assert.equal(((await (await ask('GET', PATH)).json()) as { total: number }).total, 0)
})
