import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ANN, ISSUER, startOAuthScene } from '../../testing/oauth-server.ts'

const API = 'GET /api/tokens'

function leftOf({ status, headers }: Response): readonly (string | number | null)[] {
  return [status, headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]
}

test('an app is told how many requests it has left for its user, and when there are none', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode([], 2)
  const app = new OAuthApp(node, await scene.addClient())
  const { access } = await app.authorize()
  assert.deepEqual(leftOf(await app.call(API, access)), [200, '2', '1'])
  assert.deepEqual(leftOf(await app.call(API, access)), [200, '2', '0'])
  const refused = await app.call(API, access)
  assert.deepEqual(leftOf(refused), [429, '2', '0'])
  const seconds = Number(refused.headers.get('retry-after'))
  assert.ok(seconds >= 1 && seconds <= 60)
  assert.equal(((await refused.json()) as { code: string }).code, 'request.too_many')

  const other = new OAuthApp(node, await scene.addClient())
  assert.equal((await other.call(API, (await other.authorize()).access)).status, 200)
  const login = await node.fetch(`${ISSUER}/v1/admin/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ANN.email, password: ANN.password }),
  })
  const cookie = login.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  for (const _request of [1, 2, 3]) {
    const answer = await node.fetch(`${ISSUER}/api/tokens`, { headers: { cookie } })
    assert.deepEqual(leftOf(answer), [200, null, null])
  }
})
