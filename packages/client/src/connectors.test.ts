import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortreeveClient } from './portreeve-client.ts'
import { answering, json } from './testing/scripted-server.ts'

test('connectors are listed page by page, as they are read, and of those that match only', async () => {
  const page = (id: number) => json(200, { connectors: [{ connector_id: id }], total: 2 })
  await using server = await answering(page(1), page(2))
  const { connectors } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  const walk = connectors.list({ filter: { connector_state: 'Wipe' }, descending: true, pageSize: 1 })
  assert.equal((await walk.next()).value?.connector_id, 1)
  assert.equal(server.requests.length, 1)
  assert.deepEqual(await Array.fromAsync(walk, ({ connector_id }) => connector_id), [2])
  const query = '?connector_state=Wipe&descending=true&page=2&page_size=1'
  assert.equal(server.requests[1], `GET /v1/admin/connectors/${query} Bearer t`)
})

test('a list that has nothing ends after one request', async () => {
  await using server = await answering(json(200, { connectors: [], total: 0 }))
  const { connectors } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  assert.deepEqual(await Array.fromAsync(connectors.list()), [])
  assert.equal(server.requests.length, 1)
})

test('a bulk change is ordered once, and followed to its end and to each item', async () => {
  const job = (status: string) => json(200, { bulk_id: 'j', status })
  const results = json(200, { results: [{ item_id: 7, outcome: 'changed' }], total: 1 })
  await using server = await answering(job('InProgress'), job('InProgress'), job('Finished'), results)
  const { connectors, bulkJobs } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  const { bulk_id: id } = await connectors.changeMany(
    { filter: { client_id: 'app' } },
    { connector_state: 'Disabled' },
    { dryRun: true },
  )
  assert.equal((await bulkJobs.waitUntilEnded(id)).status, 'Finished')
  const items = await Array.fromAsync(bulkJobs.listResults(id, { outcome: 'changed' }), ({ item_id }) => item_id)
  assert.deepEqual(items, [7])
  assert.deepEqual(server.requests, [
    'POST /v1/admin/connectors/bulk/ Bearer t',
    'GET /v1/admin/bulk/j/?wait=60 Bearer t',
    'GET /v1/admin/bulk/j/?wait=60 Bearer t',
    'GET /v1/admin/bulk/j/results/?outcome=changed&page=1&page_size=1000 Bearer t',
  ])
})

test('a session is its cookie, and says where its changes come from', async () => {
  const cookie = 'portreeve_session=s; Path=/; HttpOnly'
  await using server = await answering(json(200, {}, { 'set-cookie': cookie }), json(200, null))
  const client = await PortreeveClient.signIn(server.url, { email: 'ann@example.org', password: 'p' })
  await client.session.reauthenticate({ password: 'p' })
  await client.connectors.changeState(7, 'Wipe')
  await client.session.end()
  assert.deepEqual(server.requests, [
    'POST /v1/admin/login/ undefined',
    'POST /v1/admin/reauthenticate/ undefined',
    'PUT /v1/admin/connectors/7/ undefined',
    'POST /v1/admin/logout/ undefined',
  ])
  for (const headers of server.headers.slice(1)) {
    assert.deepEqual([headers.cookie, headers.origin], ['portreeve_session=s', new URL(server.url).origin])
  }
})

test('a refused sign-in is an error with its code', async () => {
  const refusal = { error: 'sign_in.token_required', message: 'Send a code.' }
  await using server = await answering(json(401, refusal))
  await assert.rejects(PortreeveClient.signIn(server.url, { email: 'ann@example.org', password: 'p' }), {
    name: 'PortreeveError',
    code: 'sign_in.token_required',
  })
})
