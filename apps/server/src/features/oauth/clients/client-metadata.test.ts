import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseClientMetadata, type SentMetadata } from './client-metadata.ts'

const WEB: SentMetadata = { name: 'Wiki', redirectUris: ['https://wiki.example/cb'] }

test('fills in what RFC 7591 says of absent metadata, and keeps redirection URIs as they were sent', () => {
  const redirectUris = ['HTTPS://Wiki.example:443/cb', 'https://wiki.example/cb']
  assert.deepEqual(parseClientMetadata({ name: ' Wiki ', redirectUris }), {
    name: 'Wiki',
    redirectUris,
    grantTypes: ['authorization_code'],
    tokenEndpointAuthMethod: 'client_secret_basic',
  })
})

test('takes a client that acts for itself alone without redirection URIs', () => {
  const { redirectUris, grantTypes } = parseClientMetadata({ name: 'Robot', grantTypes: ['client_credentials'] })
  assert.deepEqual({ redirectUris, grantTypes }, { redirectUris: [], grantTypes: ['client_credentials'] })
})

const refusals: readonly [string, SentMetadata, RegExp][] = [
  ['a name of spaces', { ...WEB, name: '  ' }, /^client_name: /],
  ['an unprintable name', { ...WEB, name: 'a\u202eb' }, /^client_name: /],
  ['a name with half of a surrogate pair', { ...WEB, name: 'a\ud800b' }, /^client_name: /],
  ['no grant type', { ...WEB, grantTypes: [] }, /^grant_types: it is one or more of authorization_code/],
  ['a grant type twice', { ...WEB, grantTypes: ['authorization_code', 'authorization_code'] }, /each once/],
  ['the password grant', { ...WEB, grantTypes: ['authorization_code', 'password'] }, /^grant_types: it is one or more/],
  ['refreshing alone', { name: 'Wiki', grantTypes: ['refresh_token'] }, /refresh_token needs authorization_code/],
  [
    'a public client that acts for itself',
    { name: 'Robot', grantTypes: ['client_credentials'], tokenEndpointAuthMethod: 'none' },
    /client_credentials needs a token_endpoint_auth_method/,
  ],
  [
    'an unknown authentication',
    { ...WEB, tokenEndpointAuthMethod: 'private_key_jwt' },
    /^token_endpoint_auth_method: /,
  ],
  ['no redirection URI', { name: 'Wiki' }, /^redirect_uris: authorization_code needs at least one/],
  [
    'unused redirection URIs',
    { ...WEB, grantTypes: ['client_credentials'] },
    /^redirect_uris: only authorization_code/,
  ],
  ['a redirection URI twice', { name: 'Wiki', redirectUris: ['https://a.example/', 'https://a.example/'] }, /twice/],
  [
    'too many redirection URIs',
    { name: 'Wiki', redirectUris: Array.from({ length: 21 }, (_, i) => `https://a.example/${i}`) },
    /20 at the most/,
  ],
  ['a bad redirection URI', { name: 'Wiki', redirectUris: ['https://a.example/', 'ftp://a'] }, /^redirect_uris\[1\]: /],
]

for (const [what, metadata, message] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(() => parseClientMetadata(metadata), { code: 'client.bad_metadata', message })
  })
}

test('tells all problems together', () => {
  const metadata = { name: '', redirectUris: ['ftp://a'], grantTypes: ['password', 'authorization_code'] }
  assert.throws(() => parseClientMetadata(metadata), {
    message: /client_name: .*; grant_types: .*; redirect_uris\[0\]: /,
  })
})
