import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ISSUER, type OAuthNode, startOAuthScene } from '../../testing/oauth-server.ts'

const SECRET = 'a-secret-of-a-machine'
const MACHINE = { grantTypes: ['client_credentials'], secret: SECRET }

function post(node: OAuthNode, path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  const body = new URLSearchParams({ client_secret: SECRET, ...fields })
  return node.fetch(ISSUER + path, { method: 'POST', body })
}

async function issue(node: OAuthNode, clientId: string): Promise<{ status: number; token: string }> {
  const answer = await post(node, '/oauth/token', { client_id: clientId, grant_type: 'client_credentials' })
  const { access_token: token = '' } = (await answer.json()) as { access_token?: string }
  return { status: answer.status, token }
}

/** Whose token it is, as far as it is good. */
async function introspect(node: OAuthNode, clientId: string, token: string): Promise<string | undefined> {
  const answer = await post(node, '/oauth/introspect', { client_id: clientId, token })
  return ((await answer.json()) as { client_id?: string }).client_id
}

test('of many clients at once each gets what is its own, whoever else asks', async () => {
  await using scene = await startOAuthScene()
  await using node = await scene.startNode()
  const permitted: string[] = []
  for (const n of [1, 2, 3]) {
    const userId = await scene.addUser({ username: `machine ${n}` })
    permitted.push(await scene.addClient({ ...MACHINE, userId }))
  }
  const [first = '', second = ''] = permitted
  const shutOut = await scene.addClient({ ...MACHINE, userId: scene.ann, isPermitted: false })
  // The last is a text that PostgreSQL cannot take.
  const asked = [first, shutOut, second, 'nobody', ...permitted, 'nul\0', first]
  const issued = await Promise.all(asked.map((clientId) => issue(node, clientId)))
  const statuses = issued.map(({ status }) => status)
  assert.deepEqual(statuses.with(7, 0), [200, 403, 200, 401, 200, 200, 200, 0, 200])
  assert.ok((statuses[7] ?? 0) >= 400)

  const tokens = issued.flatMap(({ token }, n) => (token === '' ? [] : [{ token, of: asked[n] }]))
  assert.equal(new Set(tokens.map(({ token }) => token)).size, 6)
  await scene.permit(second, false)
  const told = await Promise.all(tokens.map(({ token }) => introspect(node, shutOut, token)))
  assert.deepEqual(
    told,
    tokens.map(({ of }) => (of === second ? undefined : of)),
  )
})
