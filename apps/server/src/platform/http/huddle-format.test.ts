import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startSampleServer } from './testing/sample-server.ts'

const api = await startSampleServer()
after(() => api[Symbol.asyncDispose]())

const JSON_TYPE = 'application/vnd.huddle.data+json'
const XML_TYPE = 'application/vnd.huddle.data+xml'
const IN_JSON = '{"rel":"client","href":"/clients/1"}'
const IN_XML = '<?xml version="1.0" encoding="UTF-8"?><link rel="client" href="/clients/1"/>'

function follow(body: string, headers: Record<string, string>): Promise<Response> {
  return api.fetch('/people/links', { method: 'POST', body: new TextEncoder().encode(body), headers })
}

test('answers in the type that was asked for, which vendor JSON is without Accept', async () => {
  for (const [accept, type, expected] of [
    ['*/*', JSON_TYPE, IN_JSON],
    ['application/*', JSON_TYPE, IN_JSON],
    [JSON_TYPE, JSON_TYPE, IN_JSON],
    [XML_TYPE, XML_TYPE, IN_XML],
    ['application/json', 'application/json; charset=utf-8', IN_JSON],
    ['application/xml', 'application/xml; charset=utf-8', IN_XML],
    ['text/xml', 'text/xml; charset=utf-8', IN_XML],
    [`${XML_TYPE}, ${JSON_TYPE};q=0.9`, XML_TYPE, IN_XML],
  ] as const) {
    const answer = await follow(IN_JSON, { accept, 'content-type': JSON_TYPE })
    assert.equal(answer.headers.get('content-type'), type, accept)
    assert.equal(await answer.text(), expected, accept)
  }
})

test('answers in the format of the request where none was asked for', async () => {
  for (const [sent, body, type] of [
    [XML_TYPE, IN_XML, XML_TYPE],
    ['application/xml; charset=utf-8', IN_XML, XML_TYPE],
    ['application/json', IN_JSON, JSON_TYPE],
  ] as const) {
    assert.equal((await follow(body, { 'content-type': sent })).headers.get('content-type'), type)
  }
  const asked = await follow(IN_XML, { 'content-type': XML_TYPE, accept: JSON_TYPE })
  assert.equal(asked.headers.get('content-type'), JSON_TYPE)
})

test('reads bodies in each of its types, with parameters too, and without a type by their first character', async () => {
  for (const [type, body] of [
    [JSON_TYPE, IN_JSON],
    ['application/json; charset=utf-8', IN_JSON],
    [XML_TYPE, IN_XML],
    ['Application/XML', IN_XML],
    ['text/xml', IN_XML],
    [undefined, IN_JSON],
    [undefined, IN_XML],
  ] as const) {
    const answer = await follow(body, { accept: JSON_TYPE, ...(type !== undefined && { 'content-type': type }) })
    assert.equal(answer.status, 200, type ?? 'none')
    assert.equal(await answer.text(), IN_JSON)
  }
})

const refusals: readonly [string, number, string, { body?: string; headers?: Record<string, string> }][] = [
  ['a type that cannot be sent', 406, 'request.not_acceptable', { headers: { accept: 'text/html' } }],
  ['a body of another type', 415, 'request.unsupported', { headers: { 'content-type': 'text/plain' } }],
  ['a form', 415, 'request.unsupported', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
  ['somebody else’s JSON', 415, 'request.unsupported', { headers: { 'content-type': 'application/ld+json' } }],
  ['a type that the body is not of', 400, 'request.malformed_body', { headers: { 'content-type': XML_TYPE } }],
  ['a body that is no link', 400, 'request.invalid', { body: '{"rel":"client"}' }],
  ['nobody', 401, 'sample.refused', { headers: { authorization: 'none' } }],
]

for (const [what, status, code, { body = IN_JSON, headers }] of refusals) {
  test(`refuses ${what} without a body, and names the error in a header`, async () => {
    const answer = await follow(body, { accept: '*/*', 'content-type': JSON_TYPE, ...headers })
    assert.equal(answer.status, status)
    assert.equal(await answer.text(), '')
    assert.equal(answer.headers.get('content-type'), null)
    assert.equal(answer.headers.get('x-error-code'), code)
  })
}

test('challenges with both of Huddle’s schemes, and says of a token that it is not good', async () => {
  const challengeTo = async (authorization: string) =>
    (await follow(IN_JSON, { authorization })).headers.get('www-authenticate')
  assert.equal(await challengeTo('none'), 'OAuth2 realm="portreeve", Bearer realm="portreeve"')
  assert.equal(
    await challengeTo('OAuth2 stale'),
    'OAuth2 realm="portreeve", Bearer realm="portreeve", error="invalid_token"',
  )
})
