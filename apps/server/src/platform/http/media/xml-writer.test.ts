import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { compileXmlWriter } from './xml-writer.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

const team = Type.Object(
  {
    name: Type.String(),
    size: Type.Integer(),
    isOpen: Type.Boolean(),
    parent: Type.Union([Type.String(), Type.Null()]),
    kind: Type.Union([Type.Literal('A'), Type.Literal('B')]),
    madeAt: Type.String({ format: 'date-time' }),
    tags: Type.Array(Type.String()),
  },
  { xml: { name: 'team' }, xsiType: 'teamDTO' },
)

test('writes properties in the order of the schema and leaves out what is absent, null or not in it', () => {
  const write = compileXmlWriter(team)
  const value = { secret: 1, isOpen: false, name: 'a', parent: null, kind: 'B', size: undefined }
  assert.equal(write(value), `${HEAD}<team><name>a</name><isOpen>false</isOpen><kind>B</kind></team>`)
})

test('writes a list as repeated elements, and an empty one as none', () => {
  const write = compileXmlWriter(team)
  assert.equal(write({ tags: ['x', 'y'] }), `${HEAD}<team><tags>x</tags><tags>y</tags></team>`)
  assert.equal(write({ tags: [] }), `${HEAD}<team></team>`)
})

test('writes dates as RFC 3339 text', () => {
  const madeAt = new Date('2026-01-31T12:00:00Z')
  assert.equal(compileXmlWriter(team)({ madeAt }), `${HEAD}<team><madeAt>2026-01-31T12:00:00.000Z</madeAt></team>`)
})

test('marks the entries of a list with their xsi:type, declared once on the root', () => {
  const page = Type.Object({ total: Type.Integer(), DTOs: Type.Array(team) }, { xml: { name: 'pagedresultlist' } })
  const expected =
    '<pagedresultlist xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><total>2</total>' +
    '<DTOs xsi:type="teamDTO"><name>a</name></DTOs><DTOs xsi:type="teamDTO"><size>3</size></DTOs></pagedresultlist>'
  assert.equal(compileXmlWriter(page)({ total: 2, DTOs: [{ name: 'a' }, { size: 3 }] }), HEAD + expected)
})

test('writes a bare string as the root element, and a list as named entries', () => {
  assert.equal(compileXmlWriter(Type.String({ xml: { name: 'task' } }))('7'), `${HEAD}<task>7</task>`)
  const counts = Type.Array(Type.Object({ id: Type.String() }, { xml: { name: 'count' } }), { xml: { name: 'counts' } })
  assert.equal(compileXmlWriter(counts)([{ id: 'a' }]), `${HEAD}<counts><count><id>a</id></count></counts>`)
})

test('writes maps as JAXB does, since their keys need not be names', () => {
  const map = Type.Object({ m: Type.Record(Type.String(), Type.Integer()) }, { xml: { name: 'r' } })
  const expected = `${HEAD}<r><m><entry><key>a &lt; b</key><value>1</value></entry></m></r>`
  assert.equal(compileXmlWriter(map)({ m: { 'a < b': 1 } }), expected)
})

const link = Type.Object({
  rel: Type.String({ xml: { attribute: true } }),
  href: Type.Optional(Type.String({ xml: { attribute: true } })),
})

test('writes properties that are attributes into the tag, such that they read back as they are', () => {
  const schema = Type.Object({ link, note: Type.Optional(Type.String()) }, { xml: { name: 'r' } })
  assert.equal(compileXmlWriter(schema)({ link: { rel: 'self' } }), `${HEAD}<r><link rel="self"/></r>`)
  const expected = `${HEAD}<r><link rel="a&#34;&amp;&lt;&#10;&#9;&#xD;'" href="/x?a=1&amp;b=2"/></r>`
  assert.equal(compileXmlWriter(schema)({ link: { rel: 'a"&<\n\t\r\'', href: '/x?a=1&b=2' } }), expected)
})

test('writes elements beside attributes', () => {
  const schema = Type.Object(
    { id: Type.Integer({ xml: { attribute: true } }), name: Type.String() },
    { xml: { name: 'r' } },
  )
  assert.equal(compileXmlWriter(schema)({ id: 1, name: 'a' }), `${HEAD}<r id="1"><name>a</name></r>`)
})

test('writes a list by the name of its entries, and in an element of its own where the schema has one', () => {
  const links = Type.Array(link, { xml: { wrapped: true }, xmlItem: 'link' })
  const schema = Type.Object({ links, names: Type.Array(Type.String(), { xmlItem: 'name' }) }, { xml: { name: 'r' } })
  const value = { links: [{ rel: 'a' }, { rel: 'b' }], names: ['x', 'y'] }
  const expected = '<r><links><link rel="a"/><link rel="b"/></links><name>x</name><name>y</name></r>'
  assert.equal(compileXmlWriter(schema)(value), HEAD + expected)
  assert.equal(compileXmlWriter(schema)({ links: [], names: [] }), `${HEAD}<r><links></links></r>`)
})

const escapes: readonly [string, string][] = [
  ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
  [']]>', ']]&gt;'],
  ['"quoted" \'twice\'', '"quoted" \'twice\''],
  ['tab\tline\nreturn\r', 'tab\tline\nreturn&#xD;'],
  ['null \u0000 bell \u0007 escape \u001b', 'null \uFFFD bell \uFFFD escape \uFFFD'],
  ['\uFFFE\uFFFF', '\uFFFD\uFFFD'],
  ['lone \ud800 half', 'lone \uFFFD half'],
  ['whole 😀, é, \u0085', 'whole 😀, é, \u0085'],
]

for (const [text, expected] of escapes) {
  test(`writes ${JSON.stringify(text)} as text that XML 1.0 can hold`, () => {
    assert.equal(compileXmlWriter(Type.String({ xml: { name: 't' } }))(text), `${HEAD}<t>${expected}</t>`)
  })
}

test('refuses, when compiled, a schema without a root name, with unwritable names, or that it would not read right', () => {
  assert.throws(() => compileXmlWriter(Type.Object({})), /xml: \{ name \}/)
  assert.throws(
    () => compileXmlWriter(Type.Object({ 'a b': Type.String() }, { xml: { name: 'r' } })),
    /"a b" cannot be/,
  )
  const both = Type.Intersect([Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })], {
    xml: { name: 'r' },
  })
  assert.throws(() => compileXmlWriter(both), /allOf/)
})
