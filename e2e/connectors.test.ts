import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '../apps/server/src/platform/database/test-database.ts'
import { makeScratchDirectory } from '../tools/scratch-directory.ts'
import { SCRATCH_ADMIN, startScratchServer } from '../tools/scratch-server.ts'

const DEVICE = { device_name: 'phone', platform: 'ios 19', app_version: '1.0', client_id: 'team-app' }

interface Called {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

async function call(url: string, operation: string, { headers = {}, body }: CallOptions = {}): Promise<Called> {
  const [method = '', path = ''] = operation.split(' ')
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) }
}

interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

function bearer(token: unknown): CallOptions {
  return { headers: { authorization: `Bearer ${token}` } }
}

test('what happens to a connector on one server process bites on another at once, waiting clients included', async () => {
  await using database = await testDatabase({ empty: true })
  await using shared = await makeScratchDirectory()
  const env = { PORTREEVE_DATABASE_URL: database.url, PORTREEVE_MASTER_KEY_FILE: join(shared.path, 'master.key') }
  await using one = await startScratchServer({ env })
  await using two = await startScratchServer({ env })
  const proof = { username: SCRATCH_ADMIN.email, password: SCRATCH_ADMIN.password }
  const made = await call(one.url, 'POST /v1/client/login/', { body: { ...proof, ...DEVICE } })
  const { connector_id: id, connector_secret: secret } = made.body
  const token = (await call(one.url, 'POST /v1/client/token/', bearer(secret))).body['access_token']
  const servers = [one, two]
  for (const { url } of servers) assert.equal((await call(url, 'GET /api/tokens', bearer(token))).status, 200)

  const waiting = servers.map(({ url }) => call(url, 'GET /v1/client/status/?wait=60', bearer(secret)))
  for (const { url } of servers) await call(url, 'GET /v1/client/status/', bearer(secret))
  const signedIn = await call(two.url, 'POST /v1/admin/login/', { body: SCRATCH_ADMIN })
  const cookie = signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const ordered = await call(two.url, `PUT /v1/admin/connectors/${id}/`, {
    headers: { cookie, origin: two.url },
    body: { connector_state: 'Wipe' },
  })
  assert.equal(ordered.status, 200)
  for (const { url } of servers) {
    const refused = await call(url, 'GET /api/tokens', bearer(token))
    assert.deepEqual([refused.status, refused.body['code']], [403, 'connector.wipe'])
  }
  for (const { body } of await Promise.all(waiting)) assert.equal(body['order'], 'wipe')

  assert.equal((await call(one.url, 'POST /v1/client/wiped/', bearer(secret))).status, 200)
  const deleted = await call(two.url, `DELETE /v1/admin/connectors/${id}/`, bearer(two.token))
  assert.equal(deleted.status, 200)
  assert.equal((await call(one.url, 'GET /v1/client/status/', bearer(secret))).status, 401)
})
