import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOfRedirectUri } from './redirect-uri.ts'

const GOOD_FOR_ALL = [
  'https://app.example/callback',
  'https://app.example/callback?from=gate',
  'HTTPS://App.example:8443',
  'http://127.0.0.1/callback',
  'http://127.0.0.1:3000/callback',
  'http://[::1]:3000/callback',
  'http://localhost:3000/callback',
]
const GOOD_FOR_PUBLIC = ['com.example.app:/callback', 'com.example.app://callback']
const BAD_FOR_ALL: readonly [string, RegExp][] = [
  ['http://app.example/callback', /must be https/],
  ['http://127.0.0.1.evil.example/', /must be https/],
  ['https://app.example/callback#', /fragment/],
  ['https://app.example/callback#a=b', /fragment/],
  ['https://*.example/callback', /wildcard|absolute/],
  ['https://app.example/*', /wildcard/],
  ['https://ann:secret@app.example/', /username/],
  ['/callback', /absolute/],
  ['callback', /absolute/],
  ['', /absolute/],
  [' https://app.example/', /absolute/],
  ['https://app.example/\n', /absolute/],
  ['https://app.exämple/', /absolute/],
  ['https:app.example/callback', /host name/],
  ['https:///app.example/callback', /host name/],
  ['https:\\\\app.example\\callback', /absolute/],
  ['https://app.example/<b>', /absolute/],
  ['https://app.example;sandbox/callback', /host name/],
  ['https://app.example,x/callback', /host name/],
  ['https://%61pp.example/callback', /host name/],
  [`https://app.example/${'a'.repeat(2000)}`, /longer/],
  ['javascript:alert(1)', /https/],
  ['data:text/html,x', /https/],
  ['myapp:/callback', /https/],
  ['file:///etc/passwd', /https/],
]

test('takes https and loopback of every client', () => {
  for (const uri of GOOD_FOR_ALL) assert.equal(problemOfRedirectUri(uri, { isPublic: false }), undefined, uri)
})

test('takes a scheme of its own of a public client alone', () => {
  for (const uri of GOOD_FOR_PUBLIC) {
    assert.equal(problemOfRedirectUri(uri, { isPublic: true }), undefined, uri)
    assert.match(problemOfRedirectUri(uri, { isPublic: false }) ?? '', /only public clients/, uri)
  }
})

test('refuses https on loopback of a public client, which nobody has a certificate for', () => {
  assert.match(problemOfRedirectUri('https://localhost/callback', { isPublic: true }) ?? '', /must be http/)
})

for (const [uri, problem] of BAD_FOR_ALL) {
  test(`refuses ${JSON.stringify(uri.slice(0, 60))} of every client`, () => {
    for (const isPublic of [true, false]) assert.match(problemOfRedirectUri(uri, { isPublic }) ?? '', problem)
  })
}
