import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toMetadata } from './client-kind.ts'

test('redirect URIs are one a line, whatever is around them', () => {
  const form = {
    client_name: 'Wiki',
    kind: 'web',
    redirect_uris: ' https://a.example/cb \n\n https://b.example/cb\r\n',
  }
  assert.deepEqual(toMetadata(form, 1).redirect_uris, ['https://a.example/cb', 'https://b.example/cb'])
})

test('an app that keeps no secret says so', () => {
  const form = { client_name: 'Phone', kind: 'public', redirect_uris: 'org.example.app:/cb' }
  assert.equal(toMetadata(form, 1).token_endpoint_auth_method, 'none')
})

test('a service is of one organisation, and goes back nowhere', () => {
  const form = { client_name: 'Build', kind: 'service', redirect_uris: 'https://left.over.example' }
  assert.deepEqual(toMetadata(form, 7), {
    client_name: 'Build',
    grant_types: ['client_credentials'],
    organisation: 7,
  })
})
