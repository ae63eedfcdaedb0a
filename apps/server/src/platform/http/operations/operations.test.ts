import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { TEAM_ID } from '../testing/sample-api.ts'
import { type SampleServer, startSampleServer } from '../testing/sample-server.ts'

let api: SampleServer
before(async () => {
  api = await startSampleServer()
})
after(() => api[Symbol.asyncDispose]())

const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return api.fetch(path, { method: 'POST', body, headers })
}

test('answers one object as JSON or XML, as asked', async () => {
  const json = await api.fetch(`/api/teams/${TEAM_ID}`)
  assert.equal(json.headers.get('content-type'), 'application/json; charset=utf-8')
  assert.equal(json.headers.get('vary'), 'Accept')
  assert.deepEqual(await json.json(), { id: TEAM_ID, name: 'ann', size: 1 })
  const xml = await api.fetch(`/api/teams/${TEAM_ID}`, { headers: { accept: 'application/xml' } })
  assert.equal(xml.headers.get('content-type'), 'application/xml; charset=utf-8')
  assert.equal(await xml.text(), `${XML_HEAD}<team><id>${TEAM_ID}</id><name>ann</name><size>1</size></team>`)
})

test('answers a task id as JSON, XML or plain text, with the headers of the answer', async () => {
  const bodies = { 'application/json': '"{\\"name\\":\\"a\\"}"', 'text/plain': '{"name":"a"}' }
  for (const [accept, expected] of Object.entries(bodies)) {
    const response = await post('/api/teams', '{"name":"a"}', { accept })
    assert.equal(response.status, 202)
    assert.equal(response.headers.get('location'), '/api/task/7')
    assert.equal(await response.text(), expected)
  }
  const xml = await post('/api/teams', '{"name":"a"}', { accept: 'text/xml' })
  assert.equal(await xml.text(), `${XML_HEAD}<task>{"name":"a"}</task>`)
})

test('reads the same input from XML and JSON', async () => {
  const xml =
    '<team><name>a</name><size>4</size><permissions><permissionType>READ</permissionType></permissions></team>'
  const json = '{"name":"a","size":4,"permissions":[{"permissionType":"READ"}]}'
  const [fromXml, fromJson] = await Promise.all([
    post('/api/teams', xml, { 'content-type': 'application/xml', accept: 'text/plain' }),
    post('/api/teams', json, { 'content-type': 'application/json', accept: 'text/plain' }),
  ])
  assert.equal(await fromXml.text(), json)
  assert.equal(await fromJson.text(), json)
})

test('reads ids in XML in both spellings', async () => {
  const body = `<ids><ids>${TEAM_ID}</ids><id>${TEAM_ID}</id></ids>`
  const response = await post(`/api/teams/${TEAM_ID}/members`, body, { accept: 'text/plain' })
  assert.equal(await response.text(), `${TEAM_ID} ${TEAM_ID}`)
})

test('reads query values by their schema, lists repeated or comma-separated, and fills in defaults', async () => {
  const query = 'pageSize=5&sortAscending=false&fieldList=a,b&fieldList=c&searchValueList=x,y'
  const page = (await (await api.fetch(`/api/teams?${query}`)).json()) as { DTOs: { description: string }[] }
  const seen: unknown = JSON.parse(page.DTOs[0]?.description ?? '')
  assert.deepEqual(seen, { pageSize: 5, sortAscending: false, fieldList: ['a', 'b', 'c'], searchValueList: ['x,y'] })
})

test('passes the organisation named in the query to authentication, and not to the handler', async () => {
  const response = await api.fetch(`/api/teams/${TEAM_ID}?organisation=42`)
  assert.equal(((await response.json()) as { size: number }).size, 42)
  const page = (await (await api.fetch('/api/teams?organisation=42')).json()) as { DTOs: { description: string }[] }
  assert.doesNotMatch(page.DTOs[0]?.description ?? '', /organisation/)
})

test('serves a URL with and without its trailing slash, but not with doubled ones', async () => {
  assert.equal((await api.fetch('/api/teams/')).status, 200)
  assert.equal((await post('/v1/admin/login', '{}')).status, 200)
  assert.equal((await api.fetch('/api//teams')).status, 404)
})

test('takes an empty request for an empty object where the body is optional, sets cookies and sees them', async () => {
  const response = await api.fetch('/v1/admin/login/', { method: 'POST', headers: { cookie: 'session=s1' } })
  assert.deepEqual(await response.json(), { email: 's1 from 127.0.0.1' })
  assert.deepEqual(response.headers.getSetCookie(), ['session=1; HttpOnly', 'theme=dark'])
})

test('ignores a body where none is expected, and sends none where none is declared', async () => {
  const response = await api.fetch('/api/empty', { method: 'DELETE', body: '{"broken' })
  assert.equal(response.status, 200)
  assert.equal(await response.text(), '')
})

test('answers HEAD as GET without its body', async () => {
  const response = await api.fetch(`/api/teams/${TEAM_ID}`, { method: 'HEAD' })
  assert.equal(response.status, 200)
  assert.equal(
    response.headers.get('content-length'),
    String(JSON.stringify({ id: TEAM_ID, name: 'ann', size: 1 }).length),
  )
})

test('tells a client that it already holds the version, whether the handler or the server notices', async () => {
  for (const [path, tag] of [
    [`/api/teams/${TEAM_ID}`, 'W/"r7"'],
    ['/api/authz', '"f1"'],
  ] as const) {
    const first = await api.fetch(path)
    assert.equal(first.headers.get('etag'), tag)
    assert.equal(first.headers.get('cache-control'), 'private, no-cache')
    await first.body?.cancel()
    const again = await api.fetch(path, { headers: { 'if-none-match': `"other", ${tag}` } })
    assert.equal(again.status, 304)
    assert.equal(again.headers.get('etag'), tag)
    const other = await api.fetch(path, { headers: { 'if-none-match': '"other"' } })
    assert.equal(other.status, 200)
    await other.body?.cancel()
  }
})

test('sends text as it is', async () => {
  const response = await api.fetch('/api/authz')
  assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
  assert.equal(await response.text(), '[/]\n* = r\n')
})

test('says which methods a URL has', async () => {
  const refused = await api.fetch('/api/teams', { method: 'PUT', body: '{}' })
  assert.equal(refused.status, 405)
  assert.equal(refused.headers.get('allow'), 'GET, HEAD, POST, OPTIONS')
  const options = await api.fetch('/api/teams', { method: 'OPTIONS' })
  assert.equal(options.status, 204)
  assert.equal(options.headers.get('allow'), 'GET, HEAD, POST, OPTIONS')
})
