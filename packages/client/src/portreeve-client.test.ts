import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortreeveClient } from './portreeve-client.ts'
import { PortreeveError, UnreachableError } from './portreeve-error.ts'
import { TaskError } from './tasks.ts'
import {
  json,
  type ScriptedAnswer,
  type ScriptedServer,
  answering as startAnswering,
} from './testing/scripted-server.ts'

const ID = '0190a6f0-0000-7000-8000-000000000001'

interface Scripted extends ScriptedServer {
  readonly client: PortreeveClient
}

async function answering(...answers: readonly ScriptedAnswer[]): Promise<Scripted> {
  const server = await startAnswering(...answers)
  return { ...server, client: new PortreeveClient({ baseUrl: server.url, token: 't' }) }
}

const busy = json(503, { code: 'database.unreachable', message: 'Later.' }, { 'retry-after': '0' })

test('a refusal is an error with its code and the request to look for', async () => {
  const refusal = { code: 'team.not_found', message: 'There is no team.' }
  await using server = await answering(json(404, refusal, { 'x-request-id': 'r1' }))
  await assert.rejects(server.client.teams.get('a/b'), (error) => {
    assert.ok(error instanceof PortreeveError)
    assert.deepEqual([error.status, error.code, error.requestId], [404, 'team.not_found', 'r1'])
    return true
  })
  assert.deepEqual(server.requests, ['GET /api/teams/a%2Fb Bearer t'])
})

test('an answer from something else in between is an error with its status', async () => {
  await using server = await answering((response) => response.writeHead(502).end('<html>'))
  await assert.rejects(server.client.teams.get(ID), { name: 'PortreeveError', status: 502, code: 'http.502' })
})

test('what may be repeated is, while the server asks to come again', async () => {
  await using server = await answering(busy, busy, json(200, { id: ID, username: 'ann', enabled: true }))
  assert.equal((await server.client.users.get(ID)).username, 'ann')
  assert.equal(server.requests.length, 3)
})

test('repeating ends, and what may not be repeated is not', async () => {
  await using server = await answering(busy)
  await assert.rejects(server.client.users.get(ID), { code: 'database.unreachable' })
  assert.equal(server.requests.length, 5)
  await assert.rejects(server.client.users.create({ username: 'ann' }), { code: 'database.unreachable' })
  assert.equal(server.requests.length, 6)
})

test('a list is walked page by page, as it is read', async () => {
  const page = (name: string) => json(200, { totalPages: 2, DTOs: [{ id: ID, name }] })
  await using server = await answering(page('a'), page('b'))
  const teams = server.client.teams.list({ search: { name: 'x' }, pageSize: 1 })
  assert.equal((await teams.next()).value?.name, 'a')
  assert.equal(server.requests.length, 1)
  assert.deepEqual(await Array.fromAsync(teams, ({ name }) => name), ['b'])
  assert.match(server.requests[1] ?? '', /\?pageSize=1&searchKeyList=name&searchValueList=x&pageNumber=2 /)
})

test('what is created has its task and its id', async () => {
  await using server = await answering(json(202, 'task', { 'x-entity-id': ID }))
  assert.deepEqual(await server.client.teams.create({ name: 'a' }), { taskId: 'task', entityId: ID })
})

test('a change is made for the version that was read, and only if it is asked to be', async () => {
  const team = { id: ID, name: 'a' }
  await using server = await answering(json(200, team, { etag: '"v1.json"' }), json(202, 'task'))
  const { value, etag } = await server.client.teams.getTagged(ID)
  assert.deepEqual(value, team)
  await server.client.teams.change(ID, { name: 'b' }, { ifMatch: etag })
  await server.client.teams.delete(ID, { ifMatch: etag })
  await server.client.teams.change(ID, { name: 'c' })
  assert.deepEqual(
    server.headers.map((headers) => headers['if-match']),
    [undefined, '"v1.json"', '"v1.json"', undefined],
  )
})

test('a published file that is still the same is not sent again', async () => {
  await using server = await answering((response) => response.writeHead(304).end())
  assert.equal(await server.client.repositories.getAuthzFile(ID, '"1"'), undefined)
})

const TASK = { id: ID, type: 'team.create', submittedBy: 'ann', submittedAt: '2026-01-01T00:00:00Z' }

test('waits until a change is in force', async () => {
  const done = { ...TASK, state: 'COMPLETED', revision: 3 }
  await using server = await answering(json(200, { ...done, enforced: false }), json(200, { ...done, enforced: true }))
  assert.equal((await server.client.tasks.waitUntilEnforced(ID)).revision, 3)
})

test('does not wait for a change that failed, nor longer than allowed', async () => {
  const error = { code: 'team.name_taken', message: 'Taken.' }
  await using failed = await answering(json(200, { ...TASK, state: 'FAILED', enforced: false, error }))
  await assert.rejects(failed.client.tasks.waitUntilEnforced(ID), { name: 'TaskError', message: 'Taken.' })
  await using slow = await answering(json(200, { ...TASK, state: 'COMPLETED', enforced: false }))
  await assert.rejects(slow.client.tasks.waitUntilEnforced(ID, { timeoutMs: 0 }), TaskError)
})

test('no server is told from one that refuses', async () => {
  const client = new PortreeveClient({ baseUrl: 'http://127.0.0.1:1', token: 't' })
  await assert.rejects(client.users.get(ID), UnreachableError)
})
