import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import { ClientApi } from './client-api.ts'
import { HttpCore } from './http-core.ts'
import { UnreachableError } from './portreeve-error.ts'
import { answering, json } from './testing/scripted-server.ts'

const DEVICE = { device_name: 'phone', platform: 'ios', app_version: '1', client_id: 'app' }

test('who has no connector sends no secret, and who has one sends it', async () => {
  const made = { connector_id: 7, connector_state: 'Pending', connector_secret: 'ptc_s' }
  await using server = await answering(json(200, made))
  const api = new ClientApi(server.url)
  const { connector_secret: secret } = await api.register({ email: 'ann@example.org', ...DEVICE })
  await api.confirm('code')
  await api.logIn({ username: 'ann', password: 'p', ...DEVICE })
  const connector = api.connector(secret)
  await connector.issueToken()
  await connector.getStatus()
  await connector.getStatus({ waitS: 60, knownState: 'Enabled' })
  await connector.confirmWipe()
  await connector.logOut()
  assert.deepEqual(server.requests, [
    'POST /v1/client/register/ undefined',
    'POST /v1/client/confirm/ undefined',
    'POST /v1/client/login/ undefined',
    'POST /v1/client/token/ Bearer ptc_s',
    'GET /v1/client/status/?wait=0 Bearer ptc_s',
    'GET /v1/client/status/?wait=60&known_state=Enabled Bearer ptc_s',
    'POST /v1/client/wiped/ Bearer ptc_s',
    'POST /v1/client/logout/ Bearer ptc_s',
  ])
})

test('waiting ends when the client wants it to, with its reason', async () => {
  const waiting = Promise.withResolvers<ServerResponse>()
  await using server = await answering(waiting.resolve)
  const ending = new AbortController()
  const status = new ClientApi(server.url).connector('s').getStatus({ waitS: 60, signal: ending.signal })
  const response = await waiting.promise
  ending.abort(new Error('enough'))
  await assert.rejects(status, /enough/)
  if (!response.closed) await once(response, 'close')
})

test('a server that stays silent for too long counts as away', async () => {
  await using server = await answering(() => undefined)
  const silent = new HttpCore({ baseUrl: server.url }).request({ method: 'GET', path: '/', timeoutMs: 1 })
  await assert.rejects(silent, UnreachableError)
})
