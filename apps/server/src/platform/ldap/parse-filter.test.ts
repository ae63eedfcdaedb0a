import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EqualityFilter, type Filter } from 'ldapts'
import { LdapFilterError } from './ldap-failure.ts'
import { parseFilter } from './parse-filter.ts'

const shown = (text: string): string => String(parseFilter(text))

describe('a search filter', () => {
  for (const text of [
    '(uid=ann)',
    '(uid=*)',
    '(uid=a*n*z)',
    '(cn;lang-en=Ann)',
    '(2.5.4.3=Ann)',
    '(&(objectClass=person)(|(uid=a)(uid=b))(!(mail=*)))',
    '(age>=18)',
    '(age<=65)',
    '(cn~=ann)',
    '(memberOf:1.2.840.113556.1.4.1941:=cn=core,dc=example)',
    '(ou:dn:=people)',
    '(cn=)',
  ]) {
    test(`is read as it stands: ${text}`, () => assert.equal(shown(text), text))
  }

  test('may have blanks between filters, and lists without any', () => {
    assert.equal(shown(' (& (a=1)\n  (b=2) ) '), '(&(a=1)(b=2))')
    assert.equal(shown('(&)'), '(&)')
  })

  test('means by its escapes octets of UTF-8', () => {
    assert.equal(comparedWith(parseFilter('(cn=Andr\\c3\\a9 \\28x\\29 \\2a \\5c)')), 'André (x) * \\')
  })

  test('compares octets that are no text as they are', () => {
    assert.deepEqual(comparedWith(parseFilter('(objectGUID=\\ff\\00\\41)')), Buffer.from('ff0041', 'hex'))
  })

  for (const [text, problem] of [
    ['', /character 1, expected \(/],
    ['uid=ann', /character 1, expected \(/],
    ['(uid=ann', /character 9, expected \)/],
    ['(uid=ann))', /more than one filter/],
    ['(uid=a)(uid=b)', /more than one filter/],
    ['(uid)', /expected an attribute/],
    ['(=ann)', /expected an attribute/],
    ['(:=ann)', /needs an attribute or a rule/],
    ['(uid=a(b)', /must be written as \\28/],
    ['(uid=a\\)', /must be written as \\5c/],
    ['(uid=\\zz)', /must be written as \\5c/],
    ['(age>=1*)', /must be written as \\2a/],
    ['(cn=\\ff*)', /only compared whole/],
    ['(!(a=1)(b=2))', /expected \)/],
    [`${'(!'.repeat(60)}(a=1)${')'.repeat(60)}`, /nested deeper/],
  ] as const) {
    test(`is refused with the place of what is wrong: ${text.slice(0, 20)}`, () => {
      assert.throws(() => parseFilter(text), { name: 'LdapFilterError', message: problem })
      assert.throws(() => parseFilter(text), LdapFilterError)
    })
  }
})

function comparedWith(filter: Filter): unknown {
  assert.ok(filter instanceof EqualityFilter)
  return filter.value
}
