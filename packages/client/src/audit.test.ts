import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortreeveClient } from './portreeve-client.ts'
import { answering, json } from './testing/scripted-server.ts'

test('a page of the audit goes on from where the one before ended', async () => {
  await using server = await answering(json(200, { records: [{ id: 4 }], next: 4 }))
  const { audit } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  assert.deepEqual(await audit.page({ act: 'team.' }, { pageSize: 50 }), { records: [{ id: 4 }], next: 4 })
  await audit.page({ act: 'team.' }, { pageSize: 50, before: 4 })
  assert.deepEqual(server.requests, [
    'GET /api/audit?act=team.&pageSize=50 Bearer t',
    'GET /api/audit?act=team.&pageSize=50&before=4 Bearer t',
  ])
})

test('a record is found by its id, and the one before it is not taken for it', async () => {
  const found = json(200, { records: [{ id: 4 }], next: 4 })
  await using server = await answering(found)
  const { audit } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  assert.deepEqual(await audit.find(4), { id: 4 })
  assert.equal(await audit.find(5), undefined)
  assert.deepEqual(server.requests, [
    'GET /api/audit?pageSize=1&before=5 Bearer t',
    'GET /api/audit?pageSize=1&before=6 Bearer t',
  ])
})

test('an export is asked for in the format wanted, with the same filter', async () => {
  await using server = await answering(json(200, {}))
  const { audit } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  await audit.export({ actor: 'ann' }, 'application/x-ndjson')
  assert.deepEqual(server.requests, ['GET /api/audit?actor=ann Bearer t'])
  assert.equal(server.headers[0]?.accept, 'application/x-ndjson')
})
