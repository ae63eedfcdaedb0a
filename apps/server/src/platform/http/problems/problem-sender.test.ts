import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { TEAM_ID } from '../testing/sample-api.ts'
import { type SampleServer, startSampleServer } from '../testing/sample-server.ts'

let api: SampleServer
before(async () => {
  api = await startSampleServer()
})
after(() => api[Symbol.asyncDispose]())

interface Refusal {
  readonly path: string
  readonly status: number
  readonly code: string
  readonly message?: RegExp
  readonly init?: RequestInit
}

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', body, headers })
const xml = (body: string): RequestInit => post(body, { 'content-type': 'application/xml' })
const MEMBERS = `/api/teams/${TEAM_ID}/members`
const BOMB = '<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><team><name>&b;</name></team>'

const refusals: readonly Refusal[] = [
  {
    path: '/api/teams?pageSize=1000000000',
    status: 400,
    code: 'request.invalid',
    message: /pageSize must be at most 1000/,
  },
  {
    path: '/api/teams?colour=red',
    status: 400,
    code: 'request.invalid',
    message: /unknown query parameter "colour" \(known: /,
  },
  {
    path: '/api/teams?pageSize=1&pageSize=2',
    status: 400,
    code: 'request.invalid',
    message: /pageSize must be an integer/,
  },
  {
    path: '/api/teams?organisation=none',
    status: 400,
    code: 'request.invalid',
    message: /organisation must be an integer/,
  },
  {
    path: '/api/teams',
    init: post(''),
    status: 400,
    code: 'request.body_required',
    message: /name, description.*<team>/,
  },
  {
    path: '/api/teams',
    init: post('{"name":""}'),
    status: 400,
    code: 'request.invalid',
    message: /name must not be empty/,
  },
  {
    path: '/api/teams',
    init: post('null'),
    status: 400,
    code: 'request.invalid',
    message: /the body must be an object/,
  },
  {
    path: '/api/teams',
    init: xml('<team><colour/></team>'),
    status: 400,
    code: 'request.invalid',
    message: /"colour".*name is required|name is required.*"colour"/,
  },
  {
    path: '/api/teams',
    init: xml('{"name":"a"}'),
    status: 400,
    code: 'request.malformed_body',
    message: /application\/xml/,
  },
  {
    path: '/api/teams',
    init: xml('<rule/>'),
    status: 400,
    code: 'request.malformed_body',
    message: /<team>, not <rule>/,
  },
  { path: '/api/teams', init: xml(BOMB), status: 400, code: 'request.malformed_body', message: /DTD/ },
  {
    path: '/api/teams',
    init: xml('<team>'.repeat(50)),
    status: 400,
    code: 'request.malformed_body',
    message: /16 deep/,
  },
  { path: '/api/teams', init: post('{}', { 'content-type': 'no type' }), status: 415, code: 'request.unsupported' },
  {
    path: '/api/teams',
    init: post('{}', { 'content-type': 'application/json; charset=utf-7' }),
    status: 415,
    code: 'request.unsupported',
  },
  {
    path: '/api/teams',
    init: post(' '.repeat(1024 * 1024 + 1)),
    status: 413,
    code: 'request.too_large',
    message: /1048576/,
  },
  { path: MEMBERS, init: post(' '.repeat(2001)), status: 413, code: 'request.too_large', message: /2000/ },
  {
    path: MEMBERS,
    init: post('{"ids":["x"]}'),
    status: 400,
    code: 'request.invalid',
    message: /ids\[0\] must be a UUID/,
  },
  { path: '/api/teams/no-uuid', status: 404, code: 'request.not_found', message: /id "no-uuid"/ },
  { path: '/api/nothing', status: 404, code: 'request.unknown_url', message: /\/api\/nothing/ },
  { path: '/api/teams/%zz', status: 400, code: 'request.malformed' },
  { path: '/api/teams', init: { method: 'DELETE' }, status: 405, code: 'request.method_not_allowed' },
  { path: '/api/teams', init: post('{"name":"taken"}'), status: 409, code: 'sample.taken' },
  { path: '/api/fail?how=forbidden', status: 403, code: 'sample.forbidden' },
  { path: '/api/fail?how=busy', status: 429, code: 'sample.busy' },
  { path: '/api/fail?how=down', status: 503, code: 'sample.down' },
  { path: '/api/fail?how=bug', status: 500, code: 'internal', message: /^Something went wrong on the server\.$/ },
]

for (const { path, init, status, code, message = /./ } of refusals) {
  test(`answers ${init?.method ?? 'GET'} ${path} with ${status} ${code} in JSON and XML`, async () => {
    const asked = (accept: string) => {
      const headers = new Headers(init?.headers)
      headers.set('accept', accept)
      return api.fetch(path, { ...init, headers })
    }
    const json = await asked('application/json')
    assert.equal(json.status, status)
    const body = (await json.json()) as Record<string, string>
    assert.equal(body['code'], code)
    assert.match(body['message'] ?? '', message)
    assert.equal(body['requestId'], json.headers.get('x-request-id'))
    const asXml = await asked('application/xml')
    assert.equal(asXml.status, status)
    assert.equal(asXml.headers.get('content-type'), 'application/xml; charset=utf-8')
    assert.match(
      await asXml.text(),
      new RegExp(`^<\\?xml[^>]*><exception><code>${code}</code><message>.+</message><requestId>`),
    )
  })
}

test('refuses an Accept that cannot be met, before anything is done', async () => {
  const response = await api.fetch('/api/teams', { ...post('{"name":"a"}'), headers: { accept: 'image/png' } })
  assert.equal(response.status, 406)
  const { message } = (await response.json()) as { message: string }
  assert.match(message, /application\/json, application\/xml, text\/plain/)
})

test('says 401 to the anonymous whatever else is wrong with the request', async () => {
  const init = { ...post('{"broken'), headers: { authorization: 'none', accept: 'image/png' } }
  const response = await api.fetch('/api/teams?colour=1&organisation=x', init)
  assert.equal(response.status, 401)
  assert.match(response.headers.get('www-authenticate') ?? '', /^Bearer realm="portreeve"/)
  await response.body?.cancel()
})

test('words failures as Teamwire does on its URLs, in JSON only', async () => {
  const refused = await api.fetch('/v1/admin/login/', {
    ...post('{"colour":1}'),
    headers: { accept: 'application/json' },
  })
  const body = (await refused.json()) as Record<string, string>
  assert.deepEqual(Object.keys(body), ['error', 'message', 'requestId'])
  assert.equal(body['error'], 'request.invalid')
  const unknown = await api.fetch('/v1/nothing', { headers: { accept: 'application/xml' } })
  assert.equal(unknown.status, 404)
  assert.equal(((await unknown.json()) as Record<string, string>)['error'], 'request.unknown_url')
})

test('tells when to try again', async () => {
  assert.equal((await api.fetch('/api/fail?how=busy')).headers.get('retry-after'), '30')
  assert.equal((await api.fetch('/api/fail?how=down')).headers.get('retry-after'), '5')
})

test('logs a bug once, with its cause and the request’s id, and shows the client none of it', async () => {
  const response = await api.fetch('/api/fail?how=bug', { headers: { 'x-request-id': 'bug-1' } })
  assert.doesNotMatch(await response.text(), /hunter2|deep/)
  const logged = api.lines.filter((line) => line['requestId'] === 'bug-1' && line['level'] === 'error')
  assert.equal(logged.length, 1)
  assert.match(JSON.stringify(logged), /caused by: Error: deep/)
})
