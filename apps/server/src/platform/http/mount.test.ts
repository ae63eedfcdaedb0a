import assert from 'node:assert/strict'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import type { Mount } from './mount.ts'
import { startSampleServer } from './testing/sample-server.ts'

/** Answers with what it was sent. */
const echo: Mount = {
  name: 'echo',
  method: 'POST',
  url: '/echo/{id}',
  async handle(request, response) {
    const sent = { url: request.url, id: request.headers['x-request-id'], body: await text(request) }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(sent))
  },
}

test('hands over the request as it came, whatever its body claims to be', async () => {
  await using api = await startSampleServer({ mounts: [echo] })
  for (const type of ['application/json', 'application/x-www-form-urlencoded', 'no/such']) {
    const headers = { 'content-type': type, 'x-request-id': 'mine' }
    const answer = await api.fetch('/echo/1?x=y', { method: 'POST', headers, body: '{"broken' })
    assert.deepEqual(await answer.json(), { url: '/echo/1?x=y', id: 'mine', body: '{"broken' })
  }
  const made = await api.fetch('/echo/1', { method: 'POST', headers: { 'x-request-id': 'not <well> formed' } })
  const { id } = (await made.json()) as { id: string }
  assert.equal(id, made.headers.get('x-request-id'))
})

test('gives the answer the headers that all have, refuses other methods, logs it and measures it', async () => {
  await using api = await startSampleServer({ mounts: [echo], baseUrl: 'https://gate.example' })
  const { headers } = await api.fetch('/echo/1', { method: 'POST' })
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/)
  assert.match(headers.get('strict-transport-security') ?? '', /max-age/)
  const wrong = await api.fetch('/echo/1')
  assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'POST, OPTIONS'])
  const metrics = await (await api.fetch('/metrics')).text()
  assert.match(metrics, /request_duration_seconds_count\{route="echo",status="200"\} 1/)
  assert.equal(api.lines.filter(({ route, status }) => route === 'echo' && status === 200).length, 1)
})

test('is waited for when the server drains, and sends new requests away', async () => {
  const started = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const slow: Mount = {
    name: 'slow',
    method: 'GET',
    url: '/slow',
    async handle(_request, response) {
      started.resolve()
      await release.promise
      response.end('done')
      await once(response, 'close')
    },
  }
  await using api = await startSampleServer({ mounts: [slow] })
  const inFlight = api.fetch('/slow')
  await started.promise
  const drained = api.server.drain({ graceMs: 60_000 })
  assert.equal((await api.fetch('/slow')).status, 503)
  release.resolve()
  assert.equal(await (await inFlight).text(), 'done')
  await drained
})
