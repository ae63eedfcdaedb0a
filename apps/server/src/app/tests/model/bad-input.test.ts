import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Fields, Reply } from '../../testing/api-client.ts'
import { type BadRequest, badBodies, badQueries } from '../../testing/bad-requests.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { FORMATS, MEDIA_TYPES } from '../../testing/wire-format.ts'

let server: ModelServer
let requests: readonly BadRequest[]
before(async () => {
  server = await startModelServer()
  const { root } = server
  await makeRepository(root, 'calc')
  const [user, team] = [await makeUser(root, 'ann'), await makeTeam(root, 'core')]
  await join(root, team, [user])
  const resource = await makeResource(root, { team, repository: 'calc' })
  const rule = await makeRule(root, { team, name: 'readers' })
  requests = [...badBodies({ user, team, resource, rule }), ...badQueries()]
})
after(() => server[Symbol.asyncDispose]())

function problemOf(reply: Reply): string {
  return `${reply.status} ${(reply.content as Fields | undefined)?.['code']}`
}

/** A run of `work` during which nothing may change. */
async function unchanged(work: () => Promise<void>): Promise<void> {
  const head = await server.head()
  await work()
  assert.equal(await server.head(), head)
}

for (const format of FORMATS) {
  describe(`in ${format}`, () => {
    test('names the field of every bad value, and changes nothing', async (t) => {
      await unchanged(async () => {
        for (const request of requests) {
          await t.test(request.because, async () => {
            const reply = await server.root.in(format).send(request.operation, request.body)
            assert.ok(problemOf(reply).startsWith(request.problem), `${problemOf(reply)}: ${reply.text}`)
            assert.match((reply.content as Fields)['message'] ?? '', request.names)
          })
        }
      })
    })

    test('answers a bad request in the format that is asked for, whichever it came in', async () => {
      for (const sent of FORMATS) {
        const headers = { accept: MEDIA_TYPES[format] }
        const reply = await server.root.in(sent).send('POST /api/teams', { team: { name: ' ' } }, headers)
        assert.equal(reply.status, 400)
        assert.equal(reply.headers.get('content-type'), `${MEDIA_TYPES[format]}; charset=utf-8`)
      }
    })
  })
}

interface BadText {
  readonly because: string
  readonly type: string
  readonly text: string
  readonly problem?: string
  readonly names: RegExp
}

const TEAM = '<team><name>x</name></team>'
const BOMB = `<!DOCTYPE team [<!ENTITY a "${'x'.repeat(100)}">${[...'bcdefgh']
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefg'[index]};`.repeat(10)}">`)
  .join('')}]><team><name>&h;</name></team>`

const BAD_TEXTS: readonly BadText[] = [
  { because: 'XML that says it is JSON', type: 'application/json', text: TEAM, names: /application\/json/ },
  { because: 'JSON that says it is XML', type: 'application/xml', text: '{"name":"x"}', names: /application\/xml/ },
  { because: 'neither', type: 'text/csv', text: 'name,x', names: /JSON/ },
  { because: 'a form', type: 'application/x-www-form-urlencoded', text: 'name=x', names: /JSON/ },
  { because: 'half of a JSON object', type: 'application/json', text: '{"name":"x"', names: /JSON/ },
  {
    because: 'a list for an object',
    type: 'application/json',
    text: '[]',
    problem: '400 request.invalid',
    names: /object/,
  },
  { because: 'nothing', type: 'application/json', text: '', problem: '400 request.body_required', names: /name/ },
  { because: 'a prototype', type: 'application/json', text: '{"__proto__":{"name":"x"}}', names: /__proto__/ },
  { because: 'deep JSON', type: 'application/json', text: `{"name":${'['.repeat(5e5)}`, names: /JSON/ },
  {
    because: 'deep JSON, closed',
    type: 'application/json',
    text: `{"name":${'['.repeat(1000)}${']'.repeat(1000)}}`,
    problem: '400 request.invalid',
    names: /name must be a string/,
  },
  {
    because: 'a zero character',
    type: 'application/json',
    text: '{"name":"x","description":"\\u0000"}',
    problem: '400 request.invalid',
    names: /description/,
  },
  {
    because: 'another encoding',
    type: 'application/json; charset=utf-16',
    text: '{}',
    problem: '415 request.unsupported',
    names: /UTF-8/,
  },
  { because: 'half of an element', type: 'application/xml', text: '<team><name>x</name>', names: /XML/ },
  { because: 'crossed elements', type: 'application/xml', text: '<team><name>x</team></name>', names: /XML/ },
  { because: 'another root', type: 'application/xml', text: '<rule><name>x</name></rule>', names: /<team>/ },
  { because: 'an entity bomb', type: 'application/xml', text: BOMB, names: /DTD/ },
  {
    because: 'a file of ours',
    type: 'application/xml',
    text: `<!DOCTYPE team SYSTEM "file:///etc/passwd">${TEAM}`,
    names: /DTD/,
  },
  { because: 'an undeclared entity', type: 'application/xml', text: '<team><name>&x;</name></team>', names: /entity/ },
  { because: 'deep XML', type: 'application/xml', text: '<team>'.repeat(1e5), names: /deep/ },
  { because: 'a control character', type: 'application/xml', text: '<team><name>&#0;</name></team>', names: /XML/ },
  { because: 'data in an attribute', type: 'application/xml', text: '<team name="x"/>', names: /"name"/ },
  {
    because: 'a stylesheet',
    type: 'application/xml',
    text: `<?xml-stylesheet href="x"?>${TEAM}`,
    names: /[Pp]rocessing instruction/,
  },
  {
    because: 'a name given twice',
    type: 'application/xml',
    text: '<team><name>x</name><name>y</name></team>',
    problem: '400 request.invalid',
    names: /name must be a string/,
  },
]

for (const { because, type, text, problem = '400 request.malformed_body', names } of BAD_TEXTS) {
  test(`refuses as a body: ${because}`, async () => {
    await unchanged(async () => {
      const api = server.root.in(type.includes('xml') ? 'xml' : 'json')
      const reply = await api.sendText('POST /api/teams', text, { 'content-type': type })
      assert.equal(problemOf(reply), problem, reply.text)
      assert.match((reply.content as Fields)['message'] ?? '', names)
    })
  })
}

for (const format of FORMATS) {
  test(`refuses 20 MB of ${format}, and the connection’s server goes on`, async () => {
    await unchanged(async () => {
      const body = { team: { name: 'x'.repeat(20_000_000) } }
      const reply = await server.root.in(format).send('POST /api/teams', body)
      assert.equal(problemOf(reply), '413 request.too_large')
      assert.match((reply.content as Fields)['message'] ?? '', /1048576 bytes/)
    })
    assert.equal((await server.root.list('/api/teams')).total, 1)
  })
}

test('says which types it can send when it can send none of those asked for', async () => {
  const reply = await server.root.sendText('GET /api/teams', undefined, { accept: 'image/png' })
  assert.equal(reply.status, 406)
  assert.match(reply.text, /application\/json, application\/xml/)
})

test('an unknown URL and an unknown method are told in either format', async () => {
  for (const format of FORMATS) {
    const api = server.root.in(format)
    assert.equal(await api.problem('GET /api/teams/x/y/z/a/b'), '404 request.unknown_url')
    assert.equal(await api.problem('DELETE /api/teams'), '405 request.method_not_allowed')
  }
})
