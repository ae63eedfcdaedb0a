import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortreeveClient } from './portreeve-client.ts'
import { answering, json } from './testing/scripted-server.ts'

const CHECK = { username: 'ann', repository: 'calc', path: '/trunk' }

test('a check answers whether, why, and of which revision', async () => {
  const chain = [{ link: 'user', outcome: 'refuses', because: 'ann is disabled.', change: 'Enable ann.' }]
  await using server = await answering(json(200, { revision: 7, allowed: false, chain }))
  const { access } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  assert.deepEqual(await access.check(CHECK, { state: 'pending' }), { allowed: false, chain, revision: 7 })
})

test('many checks go a thousand at a time, and are answered in their order', async () => {
  const answered = (count: number, revision: number) =>
    json(200, { revision, results: Array.from({ length: count }, (_, n) => ({ allowed: n === 0 })) })
  await using server = await answering(answered(1000, 7), answered(2, 8))
  const { access } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  const decisions = await access.checkAll(
    Array.from({ length: 1002 }, () => CHECK),
    { explain: false },
  )
  assert.equal(decisions.length, 1002)
  assert.deepEqual(
    [0, 1, 999, 1000, 1001].map((n) => [decisions[n]?.allowed, decisions[n]?.revision]),
    [
      [true, 7],
      [false, 7],
      [false, 7],
      [true, 8],
      [false, 8],
    ],
  )
  assert.equal(server.requests.length, 2)
})

test('who reaches a path, and what a user reaches, is listed page by page, as it is read', async () => {
  const page = (username: string, totalPages: number) => json(200, { revision: 1, totalPages, DTOs: [{ username }] })
  await using server = await answering(
    page('ann', 2),
    page('bob', 2),
    json(200, { revision: 1, totalPages: 0, DTOs: [] }),
  )
  const { access } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  const walk = access.who({ repository: 'calc', permission: 'READ_WRITE', pageSize: 1 })
  assert.equal((await walk.next()).value?.username, 'ann')
  assert.equal(server.requests.length, 1)
  assert.deepEqual(await Array.fromAsync(walk, ({ username }) => username), ['bob'])
  assert.deepEqual(await Array.fromAsync(access.what()), [])
  assert.deepEqual(server.requests.slice(1), [
    'GET /api/access/who?pageSize=1&repository=calc&permission=READ_WRITE&pageNumber=2 Bearer t',
    'GET /api/access/what?pageSize=1000&pageNumber=1 Bearer t',
  ])
})

test('a page for a table says how many there are, and whether whoever does not sign in is among them', async () => {
  const answer = { pageNumber: 2, pageSize: 25, totalPages: 2, totalResults: 26, DTOs: [{ username: 'ann' }] }
  await using server = await answering(
    json(200, { revision: 7, anonymous: true, ...answer }),
    json(200, { revision: 8, ...answer }),
  )
  const { access } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  const request = { page: 2, pageSize: 25 }
  const items = [{ username: 'ann' }]
  const who = await access.pageWho({ repository: 'calc', state: 'pending' }, request)
  assert.deepEqual(who, { items, total: 26, anonymous: true, revision: 7 })
  assert.deepEqual(await access.pageWhat({ username: 'ann' }, request), { items, total: 26, revision: 8 })
  assert.deepEqual(server.requests, [
    'GET /api/access/who?repository=calc&state=pending&pageNumber=2&pageSize=25 Bearer t',
    'GET /api/access/what?username=ann&pageNumber=2&pageSize=25 Bearer t',
  ])
})

test('all of a list is asked for as CSV, of the same question and without pages', async () => {
  await using server = await answering(json(200, {}))
  const { access } = new PortreeveClient({ baseUrl: server.url, token: 't' })
  await access.whoAsCsv({ dataSource: 7, permission: 'READ' })
  await access.whatAsCsv({ username: 'ann' })
  assert.deepEqual(server.requests, [
    'GET /api/access/who?dataSource=7&permission=READ Bearer t',
    'GET /api/access/what?username=ann Bearer t',
  ])
  assert.deepEqual(
    server.headers.map(({ accept }) => accept),
    ['text/csv', 'text/csv'],
  )
})
