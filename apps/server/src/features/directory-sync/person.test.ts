import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LdapAuthority } from '../directories/index.ts'
import { dnKey, readPerson } from './person.ts'

const AUTHORITY = {
  usernameAttribute: 'sAMAccountName',
  emailAttribute: 'mail',
  displayNameAttribute: 'cn',
} as LdapAuthority

function entry(attributes: Readonly<Record<string, readonly string[]>>) {
  return { dn: 'cn=x', attributes: new Map(Object.entries(attributes)) }
}

test('one name of an entry is the same however its separators and letters are written', () => {
  assert.equal(dnKey('CN=Ann Lee,  OU=People ,DC=example'), dnKey('cn=ann lee,ou=people,dc=example'))
  assert.equal(dnKey('cn=a + sn = b,dc=x'), dnKey('CN=A+SN=B,DC=X'))
})

test('an escaped separator is part of the name, and so are the blanks beside it', () => {
  assert.notEqual(dnKey('cn=lee\\, ann,dc=x'), dnKey('cn=lee\\,ann,dc=x'))
})

test('a person has the first value of each attribute, and no address that is none', () => {
  const person = readPerson(entry({ samaccountname: ['ann', 'other'], mail: ['nowhere'], cn: ['Ann'] }), AUTHORITY)
  assert.deepEqual(person, { dn: 'cn=x', username: 'ann', email: null, displayName: 'Ann' })
})

test('an entry whose own name no index holds is left out, and does not end the synchronisation of all others', () => {
  const left = readPerson({ ...entry({ samaccountname: ['ann'] }), dn: `cn=${'x'.repeat(3000)}` }, AUTHORITY)
  assert.ok('reason' in left)
})

test('an entry without a name, or with one that no authz file can hold, is left out with the reason', () => {
  assert.match(JSON.stringify(readPerson(entry({ cn: ['Ann'] }), AUTHORITY)), /It has no sAMAccountName/)
  for (const name of ['', ' ann', 'a\nb', 'x'.repeat(257)]) {
    const left = readPerson(entry({ samaccountname: [name] }), AUTHORITY)
    assert.ok('reason' in left, JSON.stringify(name))
  }
})
