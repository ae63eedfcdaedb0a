import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findClientId, toClientUri } from './client-uri.ts'

const BASE = 'https://gate.example/portreeve'

test('finds the client again by the URI it is known by', () => {
  for (const id of ['app', 'a b/ü?#%', '0190a6f0-0000-7000-8000-000000000001']) {
    assert.equal(findClientId(toClientUri(id, BASE), BASE), id)
  }
})

test('takes URIs relative to the base', () => {
  for (const href of ['clients/app', '/portreeve/clients/app', '//gate.example/portreeve/clients/app']) {
    assert.equal(findClientId(href, BASE), 'app', href)
  }
})

test('knows no client of another base, and none where there is no client', () => {
  for (const href of [
    'https://login.huddle.local/clients/app',
    'http://gate.example/portreeve/clients/app',
    'https://gate.example/clients/app',
    'https://gate.example/portreeve/clients/',
    'https://gate.example/portreeve/clients/app/secret',
    'https://gate.example/portreeve/clients/app?x=1',
    'https://gate.example/portreeve/users/app',
    'https://gate.example/portreeve/clients/%ff',
    'https://gate.example/portreeve/clients/%00',
    'https://ann:secret@gate.example/portreeve/clients/app',
    'https://gate.example/portreeve/clients/app?',
    'https://gate.example/portreeve/clients/app#',
    'https://gate.example/portreeve/clients/a\npp',
    ' https://gate.example/portreeve/clients/app',
    'https:\\\\gate.example\\portreeve\\clients\\app',
    'https://gate.example/portreeve/clients/x/../../users/app',
    'https://[nonsense',
    'app',
    '',
  ]) {
    assert.equal(findClientId(href, BASE), undefined, href)
  }
})
