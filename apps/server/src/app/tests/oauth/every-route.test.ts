import assert from 'node:assert/strict'
import { test } from 'node:test'
import { declaredRoutes } from '../../declared-routes.ts'
// Declares the error codes of keys, which routes name.
import '../../open-keys.ts'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { startOAuthScene } from '../../testing/oauth-server.ts'

const SECRET = 'a-secret-of-a-machine'
const routes = declaredRoutes()

/** What every operation that takes access tokens answers. Who may come in is settled before any of them begins. */
async function answersOf(app: OAuthApp, token: string): Promise<ReadonlyMap<string, Response>> {
  const answers = new Map<string, Response>()
  for (const { method, url, name } of routes.filter(({ access }) => access === 'signed-in')) {
    answers.set(name, await app.call(`${method} ${url.replaceAll(/\{\w+\}/g, '1')}`, token))
  }
  return answers
}

test('no route of any interface lets an app in that the company of its user does not permit', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode(routes)
  const userId = await scene.addUser({ username: 'machine' })
  const machine = { secret: SECRET, userId, grantTypes: ['client_credentials'], redirectUris: [] }
  const clientId = await scene.addClient(machine)
  const app = new OAuthApp(node, clientId, SECRET)
  const token = await app.actForItself()
  const letIn = await answersOf(app, token)
  assert.ok(letIn.size > 100, `only ${letIn.size} routes`)
  for (const [name, { status }] of letIn) assert.notEqual(status, 401, name)
  await scene.permit(clientId, false)
  for (const [name, { status, headers }] of await answersOf(app, token)) {
    assert.equal(status, 401, name)
    assert.match(headers.get('www-authenticate') ?? '', /error="invalid_token"/, name)
  }
})
