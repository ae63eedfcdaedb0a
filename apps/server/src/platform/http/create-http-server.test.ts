import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { Type } from 'typebox'
import { defineRoute, type Route } from './route.ts'
import { sampleRoutes } from './testing/sample-api.ts'
import { startSampleServer } from './testing/sample-server.ts'

test('echoes a well-formed request id, makes one otherwise, and logs it with every line', async () => {
  await using api = await startSampleServer()
  const given = await api.fetch('/api/teams', { headers: { 'x-request-id': 'abc-1.2_3' } })
  assert.equal(given.headers.get('x-request-id'), 'abc-1.2_3')
  await given.body?.cancel()
  const made = await api.fetch('/api/teams', { headers: { 'x-request-id': 'not <well> formed' } })
  assert.match(made.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
  await made.body?.cancel()
  await api.server.drain({ graceMs: 1000 })
  const [line] = api.lines.filter(({ requestId }) => requestId === 'abc-1.2_3')
  const { route, method, path, status } = line ?? {}
  assert.deepEqual(
    { route, method, path, status },
    { route: 'listTeams', method: 'GET', path: '/api/teams', status: 200 },
  )
})

test('logs neither query strings nor credentials', async () => {
  await using api = await startSampleServer()
  await api.fetch('/api/teams?token=hunter2', { headers: { authorization: 'Bearer hunter2', cookie: 's=hunter2' } })
  await api.server.drain({ graceMs: 1000 })
  assert.doesNotMatch(JSON.stringify(api.lines), /hunter2/)
})

test('tells browsers to trust answers with nothing, and to keep to https where that is how they came', async () => {
  await using api = await startSampleServer({ baseUrl: 'https://gate.example' })
  const { headers } = await api.fetch('/api/teams')
  assert.equal(headers.get('content-security-policy'), "default-src 'none';frame-ancestors 'none'")
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.match(headers.get('strict-transport-security') ?? '', /max-age=15552000/)
  await using plain = await startSampleServer()
  assert.equal((await plain.fetch('/api/teams')).headers.get('strict-transport-security'), null)
})

test('answers probes without credentials, naming the check that fails and keeping its reason to the log', async () => {
  let isUp = false
  const checkDatabase = async () => {
    if (!isUp) throw new Error('connect ECONNREFUSED db.internal')
  }
  const readiness = [
    { name: 'database', run: checkDatabase },
    { name: 'migrations', run: async () => {} },
  ]
  await using api = await startSampleServer({ readiness })
  const anonymous = { headers: { authorization: '' } }
  assert.equal((await api.fetch('/healthz', anonymous)).status, 200)
  const failing = await api.fetch('/readyz', anonymous)
  assert.equal(failing.status, 503)
  assert.deepEqual(await failing.json(), { status: 'not ready', checks: { database: 'failed', migrations: 'ok' } })
  assert.match(JSON.stringify(api.lines), /ECONNREFUSED db\.internal/)
  isUp = true
  assert.equal((await api.fetch('/readyz', anonymous)).status, 200)
  assert.match(
    await (await api.fetch('/metrics', anonymous)).text(),
    /request_duration_seconds_count\{route="readyz",status="200"\} 1/,
  )
})

test('documents itself, with a page that needs no other host', async () => {
  await using api = await startSampleServer()
  const document = (await (await api.fetch('/openapi.json')).json()) as { openapi: string; paths: object }
  assert.equal(document.openapi, '3.1.1')
  assert.ok('/api/teams/{id}' in document.paths)
  const page = await api.fetch('/docs')
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'; script-src 'self';/)
  const html = await page.text()
  assert.doesNotMatch(html, /https?:\/\/|<script>/)
  for (const [, asset = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const response = await api.fetch(asset)
    assert.equal(response.status, 200, asset)
    await response.body?.cancel()
  }
})

test('refuses to start with a route that is not well declared', async () => {
  const [first] = sampleRoutes
  assert.ok(first)
  const nameless = { ...first, answers: { 200: { description: '', schema: Type.Object({}) } } }
  const missing = { ...first, params: Type.Object({ id: Type.String() }) }
  for (const route of [nameless, missing]) {
    await assert.rejects(startSampleServer({ routes: [route] }), /listTeams \(GET \/api\/teams\) is not well declared/)
  }
})

/** A route whose answer waits for the test. */
function waitingRoute(method: 'GET' | 'POST' = 'GET') {
  const started = Promise.withResolvers<AbortSignal>()
  const release = Promise.withResolvers<void>()
  const route: Route = defineRoute({
    method,
    url: '/api/wait',
    dialect: 'teams',
    name: 'wait',
    summary: 'Waits',
    access: 'signed-in',
    permission: 'anyone',
    formats: 'json',
    ...(method === 'POST' && { body: Type.Object({}) }),
    answers: { 200: { description: 'Done', schema: Type.String() } },
    handle: async ({ signal }) => {
      started.resolve(signal)
      await release.promise
      return { status: 200, body: 'done' }
    },
  })
  return { route, started: started.promise, release: release.resolve }
}

test('drains: answers what is in flight, sends new requests away in their own format, then closes', async () => {
  const waiting = waitingRoute()
  await using api = await startSampleServer({ routes: [...sampleRoutes, waiting.route] })
  const inFlight = api.fetch('/api/wait')
  const signal = await waiting.started
  const drained = api.server.drain({ graceMs: 60_000 })
  assert.equal(signal.aborted, true)
  assert.equal((await api.fetch('/healthz')).status, 200)
  const ready = await api.fetch('/readyz')
  assert.deepEqual([ready.status, await ready.json()], [503, { status: 'draining', checks: {} }])
  const late = await api.fetch('/api/teams', { headers: { accept: 'application/xml' } })
  assert.equal(late.status, 503)
  assert.equal(late.headers.get('connection'), 'close')
  assert.equal(late.headers.get('retry-after'), '5')
  assert.match(await late.text(), /<code>server\.draining<\/code>/)
  waiting.release()
  const answered = await inFlight
  assert.equal(answered.headers.get('connection'), 'close')
  assert.equal(await answered.json(), 'done')
  await drained
  await assert.rejects(api.fetch('/healthz'))
})

test('drains no longer than its grace period, and cuts off who never finished asking', async () => {
  const waiting = waitingRoute()
  await using api = await startSampleServer({ routes: [waiting.route] })
  const socket = connect(api.port, '127.0.0.1')
  socket.write('GET /api/wait HTTP/1.1\r\nHost: x\r\n')
  const cutOff = assert.rejects(api.fetch('/api/wait'))
  await waiting.started
  const closed = once(socket, 'close')
  await api.server.drain({ graceMs: 1 })
  await Promise.all([cutOff, closed])
  assert.match(JSON.stringify(api.lines), /still in flight/)
})

test('lets a handler know that its client went away, and not before, whatever it sent', async () => {
  for (const method of ['GET', 'POST'] as const) {
    const waiting = waitingRoute(method)
    await using api = await startSampleServer({ routes: [waiting.route] })
    const client = new AbortController()
    const body = method === 'POST' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}
    const request = assert.rejects(api.fetch('/api/wait', { method, signal: client.signal, ...body }))
    const signal = await waiting.started
    // By the time another request is answered, the end of this one's body has been taken in.
    await api.fetch('/healthz')
    assert.equal(signal.aborted, false)
    const aborted = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => aborted.resolve())
    client.abort()
    await Promise.all([request, aborted.promise])
    waiting.release()
  }
})
