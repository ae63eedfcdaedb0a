import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { compileXmlReader } from './xml-reader.ts'

const input = Type.Object(
  {
    name: Type.String(),
    size: Type.Optional(Type.Integer()),
    isOpen: Type.Optional(Type.Boolean()),
    tags: Type.Optional(Type.Array(Type.String())),
    DTOs: Type.Optional(Type.Array(Type.Object({ path: Type.String(), level: Type.Integer() }))),
  },
  { xml: { name: 'team' }, xmlAliases: ['group'] },
)
const ids = Type.Object({ ids: Type.Array(Type.String(), { xmlItemAliases: ['id'] }) }, { xml: { name: 'ids' } })

/** As plain JSON, since what is read has no prototype. */
function read(text: string, schema: Parameters<typeof compileXmlReader>[0] = input): unknown {
  return JSON.parse(JSON.stringify(compileXmlReader(schema)(text)))
}

test('reads elements into what the same request in JSON would be', () => {
  const text = `<?xml version="1.0" encoding="UTF-8"?>
    <!-- a comment -->
    <team>
      <name>R &amp; D &#233; <![CDATA[<x>]]></name><size> 4 </size><isOpen>true</isOpen>
      <tags>a</tags><tags>b</tags>
      <DTOs xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="permissionDTO"><path></path><level>2</level></DTOs>
    </team>`
  const expected = { name: 'R & D é <x>', size: 4, isOpen: true, tags: ['a', 'b'], DTOs: [{ path: '', level: 2 }] }
  assert.deepEqual(read(text), expected)
})

test('reads one entry as a list, and no entry as an empty list where one is required', () => {
  assert.deepEqual(read('<team><tags>a</tags></team>'), { tags: ['a'] })
  assert.deepEqual(read('<ids/>', ids), { ids: [] })
})

test('reads an empty element as null where the schema has null, and as empty text elsewhere', () => {
  const parent = Type.Union([Type.String({ format: 'uuid' }), Type.Null()])
  const schema = Type.Object({ parent, name: Type.String() }, { xml: { name: 'team' } })
  assert.deepEqual(read('<team><parent/><name/></team>', schema), { parent: null, name: '' })
})

test('reads lists of ids in both spellings, mixed too', () => {
  assert.deepEqual(read('<ids><ids>a</ids><ids>b</ids></ids>', ids), { ids: ['a', 'b'] })
  assert.deepEqual(read('<ids><id>a</id><ids>b</ids></ids>', ids), { ids: ['a', 'b'] })
})

test('keeps what does not fit, for validation to name', () => {
  const text =
    '<team><size>many</size><colour><red>1</red></colour><name>a</name><name>b</name><isOpen><x/></isOpen></team>'
  const expected = { size: 'many', colour: { red: '1' }, name: ['a', 'b'], isOpen: { x: '' } }
  assert.deepEqual(read(text), expected)
})

test('reads an element called __proto__ as an ordinary unknown one', () => {
  const value = compileXmlReader(input)('<team><__proto__><polluted>1</polluted></__proto__></team>') as object
  assert.deepEqual(Object.keys(value), ['__proto__'])
  assert.equal('polluted' in {}, false)
})

test('reads a root element by its alias, ignoring namespaces', () => {
  assert.deepEqual(read('<group xmlns="urn:x"><name>a</name></group>'), { name: 'a' })
})

const links = Type.Object(
  {
    allowed: Type.Array(
      Type.Object({
        rel: Type.String({ xml: { attribute: true } }),
        count: Type.Optional(Type.Integer({ xml: { attribute: true } })),
      }),
      { xmlItem: 'link' },
    ),
    boxed: Type.Optional(Type.Array(Type.String(), { xml: { wrapped: true }, xmlItem: 'entry' })),
  },
  { xml: { name: 'allowed' } },
)

test('reads attributes that the schema names, as what it asks for, and lists by the name of their entries', () => {
  const text = '<allowed><link rel="a &amp; b" count="2" xmlns:n="urn:x"/><link rel="c"/></allowed>'
  assert.deepEqual(read(text, links), { allowed: [{ rel: 'a & b', count: 2 }, { rel: 'c' }] })
  assert.deepEqual(read('<allowed/>', links), { allowed: [] })
})

test('reads a list that is in an element of its own', () => {
  const text = '<allowed><boxed><entry>a</entry><entry>b</entry></boxed></allowed>'
  assert.deepEqual(read(text, links), { allowed: [], boxed: ['a', 'b'] })
})

test('refuses an element in place of an attribute, and beside it', () => {
  for (const text of [
    '<allowed><link><rel>a</rel></link></allowed>',
    '<allowed><link rel="a"><rel>b</rel></link></allowed>',
  ]) {
    const expected = { code: 'request.malformed_body', message: /In <link>, rel must be an attribute/ }
    assert.throws(() => compileXmlReader(links)(text), expected, text)
  }
})

test('refuses an attribute that the schema does not name, wherever it is', () => {
  for (const text of [
    '<allowed><link rel="a" title="b"/></allowed>',
    '<allowed title="b"/>',
    '<allowed><boxed title="b"/></allowed>',
    '<allowed><boxed><entry title="b"/></boxed></allowed>',
    '<allowed><unknown title="b"/></allowed>',
  ]) {
    const expected = { code: 'request.malformed_body', message: /The attribute "title" is not allowed/ }
    assert.throws(() => compileXmlReader(links)(text), expected, text)
  }
})

const bombs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
const refusals: readonly [string, string, RegExp][] = [
  ['another root element', '<rule/>', /must be <team> or <group>, not <rule>/],
  ['a document type', '<!DOCTYPE team><team/>', /DTD/],
  ['an entity bomb', `${bombs}<team><name>&b;</name></team>`, /DTD/],
  ['an external entity', '<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]><team>&x;</team>', /DTD/],
  ['an undeclared entity', '<team><name>&nbsp;</name></team>', /not well-formed/],
  ['a processing instruction', '<team><?php echo 1 ?></team>', /Processing instructions/],
  ['a stylesheet', '<?xml-stylesheet href="x"?><team/>', /Processing instructions/],
  [
    'another declared encoding',
    '<?xml version="1.0" encoding="ISO-8859-1"?><team/>',
    /encoding ISO-8859-1; send UTF-8/,
  ],
  ['deep nesting', '<a>'.repeat(100_000), /more than 16 deep/],
  ['many attributes', `<team ${attributes(5000)}/>`, /more than 8 attributes/],
  ['too many elements', `<team>${'<a/>'.repeat(250_000)}</team>`, /more than 250000 elements/],
  ['data in attributes', '<team name="a"/>', /attribute "name" is not allowed/],
  ['a duplicate attribute', '<team xsi:type="a" xsi:type="b"/>', /not well-formed/],
  ['mixed text and elements', '<team><name>a<b/></name></team>', /<name> mixes text and elements/],
  ['text where elements belong', '<team>hello</team>', /<team> must hold elements/],
  ['crossing elements', '<team><a></team></a>', /not well-formed/],
  ['an unclosed element', '<team><name>a', /not well-formed/],
  ['two root elements', '<team/><team/>', /not well-formed/],
  ['text after the root', '<team/>x', /not well-formed/],
  ['a control character', '<team><name>\u0001</name></team>', /not well-formed/],
  ['a reference to a control character', '<team><name>&#1;</name></team>', /not well-formed/],
  ['an unquoted attribute', '<team xsi:type=a/>', /not well-formed/],
  ['nothing', '', /not well-formed|no XML element/],
]

for (const [what, text, message] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(() => compileXmlReader(input)(text), { code: 'request.malformed_body', message })
  })
}

function attributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `xmlns:n${index}="urn:x"`).join(' ')
}
