import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { OAuthApp } from '../../testing/oauth-client.ts'
import { ANN, ISSUER, startOAuthScene } from '../../testing/oauth-server.ts'

test('an app never does what changes how its user signs in, whatever the user may', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const clientId = await scene.addClient()
  const { access } = await new OAuthApp(node, clientId).authorize()
  const bob = await scene.addUser({ username: 'bob', email: 'bob@example.org' })
  const { password } = ANN
  const acts: readonly (readonly [string, object | undefined])[] = [
    [`PUT /api/users/${scene.ann}/password`, { password: 'another password', currentPassword: password }],
    [`PUT /api/users/${bob}/password`, { password: 'another password' }],
    ['POST /v1/admin/reauthenticate/', { password }],
    ['POST /v1/admin/second-factor/', {}],
    ['POST /v1/admin/second-factor/verify/', { token: '000000' }],
    ['POST /v1/admin/second-factor/turn-off/', { password }],
    ['POST /v1/admin/second-factor/recovery-codes/', { password }],
    [`DELETE /v1/admin/users/${bob}/second-factor/`, undefined],
    ['DELETE /v1/admin/sessions/', undefined],
    [`DELETE /v1/admin/sessions/${randomUUID()}/`, undefined],
    [`DELETE /v1/admin/users/${bob}/sessions/`, undefined],
    ['POST /api/tokens', { name: 'lasting' }],
    [`DELETE /api/tokens/${randomUUID()}`, undefined],
    ['POST /oauth/registration-tokens', {}],
    [`DELETE /oauth/registration-tokens/${randomUUID()}`, undefined],
    [`DELETE /oauth/consents/${clientId}`, undefined],
    [`DELETE /v1/admin/users/${bob}/apps/`, undefined],
    [`DELETE /v1/admin/users/${bob}/apps/${clientId}/`, undefined],
  ]
  for (const [operation, body] of acts) {
    const [method = '', path = ''] = operation.split(' ')
    const answer = await node.fetch(`${ISSUER}${path}`, {
      method,
      headers: { authorization: `Bearer ${access}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const { error, code } = (await answer.json()) as { error?: string; code?: string }
    assert.match(
      `${answer.status} ${error ?? code}`,
      /^403 (access\.by_app|sign_in\.session_needed|sign_in\.reauthenticate)$/,
      operation,
    )
  }
})
