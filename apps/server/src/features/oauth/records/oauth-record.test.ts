import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hideIds, showIds } from './oauth-record.ts'

const ID = 'p7rZ0Wq3vTn8'
const COOKIE = 'cookie-of-the-session'
const payload = {
  jti: ID,
  kind: 'Interaction',
  returnTo: `https://gate.example/oauth/authorize/${ID}`,
  session: { uid: 'u', cookie: COOKIE },
}

test('nothing that a browser or a client shows is in what is stored', () => {
  const stored = JSON.stringify(hideIds(ID, payload))
  assert.ok(!stored.includes(ID))
  assert.ok(!stored.includes(COOKIE))
  assert.ok(stored.includes('"uid":"u"'))
})

test('who shows the id gets the record back', () => {
  const stored = JSON.parse(JSON.stringify(hideIds(ID, payload)))
  assert.deepEqual(showIds(ID, stored), { ...payload, session: { uid: 'u' } })
  assert.deepEqual(showIds('x', hideIds('x', { jti: 'x', scope: 'api' })), { jti: 'x', scope: 'api' })
})
