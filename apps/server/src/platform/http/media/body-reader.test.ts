import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { compileBodyReader } from './body-reader.ts'

const schema = Type.Object({ name: Type.String() }, { xml: { name: 'team' } })
const JSON_TEXT = '{"name":"é"}'
const XML_TEXT = '<team><name>é</name></team>'

function read(body: string | Uint8Array, contentType?: string): unknown {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  return JSON.parse(JSON.stringify(compileBodyReader(schema)(bytes, contentType)))
}

const readings: readonly [string | undefined, string][] = [
  ['application/json', JSON_TEXT],
  ['Application/JSON; charset="UTF-8"', JSON_TEXT],
  ['application/vnd.x+json', JSON_TEXT],
  ['application/xml', XML_TEXT],
  ['text/xml;charset=utf-8', XML_TEXT],
  ['application/vnd.x+xml', XML_TEXT],
  [undefined, JSON_TEXT],
  [undefined, ` \n${XML_TEXT}`],
  ['*/*', XML_TEXT],
  ['application/x-www-form-urlencoded', JSON_TEXT],
  ['application/x-www-form-urlencoded', XML_TEXT],
  ['text/plain', `\uFEFF${XML_TEXT}`],
]

for (const [contentType, body] of readings) {
  test(`reads ${JSON.stringify(body)} sent as ${contentType}`, () => {
    assert.deepEqual(read(body, contentType), { name: 'é' })
  })
}

const plain = Type.Object({ text: Type.String() }, { xml: { name: 'note' }, plainText: 'text' })

for (const [contentType, body] of [
  ['text/plain', '# é'],
  ['Text/Plain; charset=utf-8', '# é'],
  ['text/plain', '{"text":"# é"}'],
  ['text/plain', '<note><text># é</text></note>'],
] as const) {
  test(`reads ${JSON.stringify(body)} sent as ${contentType} where plain text is a property`, () => {
    const value = compileBodyReader(plain)(Buffer.from(body), contentType)
    assert.deepEqual(JSON.parse(JSON.stringify(value)), { text: '# é' })
  })
}

const refusals: readonly [string, string | Uint8Array, string | undefined, RegExp][] = [
  [
    'JSON that is sent as XML',
    JSON_TEXT,
    'application/xml',
    /content type is application\/xml, but the body is not XML/,
  ],
  [
    'XML that is sent as JSON',
    XML_TEXT,
    'application/json',
    /content type is application\/json, but the body looks like XML/,
  ],
  ['broken JSON', '{"name":', 'application/json', /not well-formed JSON/],
  ['a form', 'name=a&size=3', 'application/x-www-form-urlencoded', /not well-formed JSON/],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'application/json', /not valid UTF-8/],
  ['UTF-16', Buffer.from(`\uFEFF${XML_TEXT}`, 'utf16le'), 'application/xml', /not valid UTF-8/],
  ['a __proto__ key', '{"name":"a","__proto__":{"admin":true}}', 'application/json', /__proto__/],
  ['a __proto__ key in escapes', '{"\\u005f_pr\\u006Fto__":{}}', 'application/json', /__proto__/],
]

for (const [what, body, contentType, message] of refusals) {
  test(`refuses ${what}`, () => {
    assert.throws(() => read(body, contentType), { code: 'request.malformed_body', message })
  })
}

test('refuses another charset, and XML where the schema has no root element', () => {
  assert.throws(() => read(JSON_TEXT, 'application/json; charset=latin1'), { code: 'request.unsupported' })
  const readJsonOnly = compileBodyReader(Type.Object({}))
  assert.throws(() => readJsonOnly(Buffer.from('<a/>'), undefined), { code: 'request.unsupported' })
})
