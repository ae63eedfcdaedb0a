import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseIfMatch, tagOfVersion } from './entity-tag.ts'

describe('If-Match', () => {
  test('names versions by their tags, in whichever format these were got', () => {
    assert.deepEqual(parseIfMatch(`"${tagOfVersion('v1', 'application/json')}"`), ['v1'])
    assert.deepEqual(parseIfMatch(`"${tagOfVersion('v1', 'text/xml')}", "${tagOfVersion('v2', 'application/xml')}"`), [
      'v1',
      'v2',
    ])
  })

  test('may be an asterisk, for any version', () => {
    assert.equal(parseIfMatch(' * '), '*')
  })

  test('is a list: with blanks or without, with empty elements, with commas within a tag', () => {
    assert.deepEqual(parseIfMatch('"a","b" \t,\t"c"'), ['a', 'b', 'c'])
    assert.deepEqual(parseIfMatch(', "a",, "b" ,'), ['a', 'b'])
    assert.deepEqual(parseIfMatch('"a,b", "é"'), ['a,b', 'é'])
    assert.deepEqual(parseIfMatch('""'), [''])
  })

  test('matches strongly: a weak tag is no mistake, and names no version', () => {
    assert.deepEqual(parseIfMatch('W/"a"'), [])
    assert.deepEqual(parseIfMatch('W/"a", "b"'), ['b'])
  })

  for (const field of [
    '',
    ' ',
    ',',
    'a',
    '"a',
    'a"',
    '"a" "b"',
    '"a"b',
    '"a", *',
    '*, "a"',
    'w/"a"',
    'W/ "a"',
    "'a'",
  ]) {
    test(`refuses ${JSON.stringify(field)}, and names the header`, () => {
      assert.throws(() => parseIfMatch(field), { code: 'request.invalid', message: /^If-Match: it must be / })
    })
  }

  test('is read in a time that grows no faster than it', () => {
    assert.throws(() => parseIfMatch(`${', '.repeat(8000)}${'\t'.repeat(8000)}x`), { code: 'request.invalid' })
  })
})

test('renderings that differ have tags that differ', () => {
  assert.notEqual(tagOfVersion('v1', 'application/json'), tagOfVersion('v1', 'application/xml'))
  assert.equal(tagOfVersion('v1', 'text/xml'), tagOfVersion('v1', 'application/xml'))
})
