import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiClient, Fields } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRepository, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { type Body, FORMATS, type Format } from '../../testing/wire-format.ts'

interface Kind {
  readonly kind: string
  /** Makes one, with a name that ends so; answers its URL. */
  make(root: ApiClient, suffix: string): Promise<string>
  /** One as it was made but for its description; undefined to leave it as it was. */
  body(suffix: string, description?: string): Body
  /** The field that `description` is in. */
  readonly field: string
  readonly isDeleted: boolean
}

const KINDS: readonly Kind[] = [
  {
    kind: 'a team',
    make: async (root, suffix) => `/api/teams/${await makeTeam(root, `team ${suffix}`)}`,
    body: (suffix, description) => ({ team: { name: `team ${suffix}`, description } }),
    field: 'description',
    isDeleted: true,
  },
  {
    kind: 'a rule',
    make: async (root, suffix) => {
      const team = await makeTeam(root, `of rule ${suffix}`)
      return `/api/teams/${team}/rules/${await makeRule(root, { team, name: `rule ${suffix}` })}`
    },
    body: (suffix, description) => ({ rule: { ruleName: `rule ${suffix}`, description } }),
    field: 'description',
    isDeleted: true,
  },
  {
    kind: 'a user',
    make: async (root, suffix) => `/api/users/${await makeUser(root, `user-${suffix}`)}`,
    body: (_suffix, displayName) => ({ user: { displayName } }),
    field: 'displayName',
    isDeleted: false,
  },
]

const CHANGED = '412 request.changed_meanwhile'
const ASYNC = { prefer: 'respond-async' }

async function tagOf(api: ApiClient, url: string): Promise<string> {
  const { status, headers } = await api.send(`GET ${url}`)
  assert.equal(status, 200)
  return headers.get('etag') ?? ''
}

const otherThan = (format: Format): Format => (format === 'json' ? 'xml' : 'json')

describe('If-Match', () => {
  let server: ModelServer
  let made = 0
  before(async () => {
    server = await startModelServer()
  })
  after(() => server[Symbol.asyncDispose]())

  const cases = KINDS.flatMap((kind) => FORMATS.map((format) => ({ ...kind, format })))
  for (const { kind, format, make, body, field, isDeleted } of cases) {
    /** One of its own for each test, and who speaks of it. */
    const start = async () => {
      const suffix = String(made++)
      const api = server.root.in(format)
      const url = await make(api, suffix)
      return { api, url, change: (text?: string) => body(suffix, text) }
    }

    test(`${kind} in ${format}: has a strong tag, which only changes of its own make another`, async () => {
      const { api, url, change } = await start()
      const first = await tagOf(api, url)
      assert.match(first, /^"[^"]+"$/)
      await makeRepository(api, `elsewhere-${made}`)
      assert.equal(await tagOf(api, url), first)
      assert.equal((await api.send(`GET ${url}`, undefined, { 'if-none-match': first })).status, 304)
      await api.change(`PUT ${url}`, change('mine'))
      assert.notEqual(await tagOf(api, url), first)
      assert.equal((await api.send(`GET ${url}`, undefined, { 'if-none-match': first })).status, 200)
      await api.change(`PUT ${url}`, change())
      assert.equal(await tagOf(api, url), first)
    })

    test(`${kind} in ${format}: is changed as who read it last, in whichever format, and no more as who read it before`, async () => {
      const { api, url, change } = await start()
      const tag = await tagOf(api, url)
      const other = await tagOf(api.in(otherThan(format)), url)
      assert.notEqual(other, tag)
      await api.change(`PUT ${url}`, change('first'), { 'if-match': other })
      const head = await server.head()
      for (const ifMatch of [tag, other, `"x", ${tag}`, `W/${await tagOf(api, url)}`]) {
        assert.equal(await api.problem(`PUT ${url}`, change('second'), { 'if-match': ifMatch }), CHANGED)
      }
      assert.equal(await server.head(), head)
      assert.equal((await api.get(url))[field], 'first')
      await api.change(`PUT ${url}`, change('second'), { 'if-match': `${tag}, ${await tagOf(api, url)}` })
      await api.change(`PUT ${url}`, change('third'), { 'if-match': '*' })
      assert.equal((await api.get(url))[field], 'third')
    })

    test(`${kind} in ${format}: of changes at once that were made for the same version all but one are refused`, async () => {
      const { api, url, change } = await start()
      const headers = { 'if-match': await tagOf(api, url) }
      const texts = ['a', 'b', 'c']
      const replies = await Promise.all(texts.map((text) => api.send(`PUT ${url}`, change(text), headers)))
      assert.deepEqual(replies.map(({ status }) => status).toSorted(), [202, 412, 412])
      const accepted = replies.findIndex(({ status }) => status === 202)
      assert.equal((await api.get(url))[field], texts[accepted])
    })

    test(`${kind} in ${format}: a queued change is held against what is there when its turn comes`, async () => {
      const { api, url, change } = await start()
      const headers = { ...ASYNC, 'if-match': await tagOf(api, url) }
      const first = await api.change(`PUT ${url}`, change('first'), headers)
      const second = await api.change(`PUT ${url}`, change('second'), headers)
      await server.drain()
      const tasks = await Promise.all([first, second].map(({ taskId }) => api.get(`/api/task/${taskId}`)))
      assert.deepEqual(
        tasks.map(({ state }) => state),
        ['COMPLETED', 'FAILED'],
      )
      const { error } = tasks[1] as Fields & { error?: Fields }
      assert.equal(error?.['code'], 'request.changed_meanwhile')
      assert.equal((await api.get(url))[field], 'first')
      assert.equal(await api.problem(`PUT ${url}`, change('third'), headers), CHANGED)
    })

    test(`${kind} in ${format}: a header that is no list of tags is refused, and named`, async () => {
      const { api, url, change } = await start()
      const tag = await tagOf(api, url)
      for (const ifMatch of [tag.replaceAll('"', ''), '"half', `${tag}, *`, ',']) {
        const reply = await api.send(`PUT ${url}`, change('x'), { 'if-match': ifMatch })
        assert.equal(`${reply.status} ${(reply.content as Fields)['code']}`, '400 request.invalid')
        assert.match((reply.content as Fields)['message'] ?? '', /^If-Match: it must be /)
      }
      assert.equal(await tagOf(api, url), tag)
    })

    if (!isDeleted) continue
    test(`${kind} in ${format}: is deleted as who read it last alone; what is not there is not found, whatever the tag`, async () => {
      const { api, url, change } = await start()
      const stale = { 'if-match': await tagOf(api, url) }
      await api.change(`PUT ${url}`, change('newer'))
      assert.equal(await api.problem(`DELETE ${url}`, undefined, stale), CHANGED)
      await api.change(`DELETE ${url}`, undefined, { 'if-match': await tagOf(api, url) })
      for (const ifMatch of ['*', stale['if-match']]) {
        assert.match(await api.problem(`PUT ${url}`, change('x'), { 'if-match': ifMatch }), /^404 \w+\.not_found$/)
        assert.match(await api.problem(`DELETE ${url}`, undefined, { 'if-match': ifMatch }), /^404 \w+\.not_found$/)
      }
    })
  }

  test('every field that is shown of a thing makes another version of it', async () => {
    const { root } = server
    const { entityId: ldapAuthority } = await root.change('POST /api/ldapauthorities', {
      ldapauthority: { name: 'staff', url: 'ldap://127.0.0.1:1', userBase: 'dc=example' },
    })
    const [parentTeam, team] = [await makeTeam(root, 'above'), await makeTeam(root, 'fielded')]
    const rule = await makeRule(root, { team: parentTeam, name: 'fielded' })
    const user = await makeUser(root, 'fielded')
    const steps: readonly (readonly [string, string, Body?])[] = [
      [`/api/teams/${team}`, 'PUT', { team: { name: 'other' } }],
      [`/api/teams/${team}`, 'PUT', { team: { name: 'other', description: 'd' } }],
      [`/api/teams/${team}`, 'PUT', { team: { name: 'other', description: 'd', parentTeam } }],
      [`/api/teams/${team}`, 'PUT', { team: { name: 'other', ldapAuthority, ldapFilter: '(cn=a)' } }],
      [`/api/teams/${team}`, 'PUT', { team: { name: 'other', ldapAuthority, ldapFilter: '(cn=b)' } }],
      [`/api/teams/${parentTeam}/rules/${rule}`, 'PUT', { rule: { ruleName: 'other' } }],
      [`/api/teams/${parentTeam}/rules/${rule}`, 'PUT', { rule: { ruleName: 'other', description: 'd' } }],
      [
        `/api/teams/${parentTeam}/rules/${rule}`,
        'PUT',
        { rule: { ruleName: 'other', description: 'd', audience: 'everyone' } },
      ],
      [`/api/users/${user}`, 'PUT', { user: { email: 'a@example.org' } }],
      [`/api/users/${user}`, 'PUT', { user: { email: 'a@example.org', displayName: 'A' } }],
      [`/api/users/${user}`, 'PUT', { user: { email: 'a@example.org', displayName: 'A', ldapAuthority } }],
      [
        `/api/users/${user}`,
        'PUT',
        { user: { email: 'a@example.org', displayName: 'A', ldapAuthority, ldapDn: 'cn=a' } },
      ],
      [`/api/users/${user}/disable`, 'PUT'],
    ]
    for (const [url, method, body] of steps) {
      const thing = url.replace(/\/disable$/, '')
      const before = await tagOf(root, thing)
      await root.change(`${method} ${url}`, body)
      assert.notEqual(await tagOf(root, thing), before, JSON.stringify(body))
      // Read where it is shown, and where it is changed: both are the same version.
      assert.match(await root.problem(`PUT ${thing}`, body ?? { user: {} }, { 'if-match': before }), /^412/)
    }
  })

  test('who may not change a thing is refused for that, whatever version they name', async () => {
    const url = `/api/teams/${await makeTeam(server.root, 'theirs')}`
    const body = { team: { name: 'mine' } }
    const user = await server.signIn()
    for (const ifMatch of ['"stale"', await tagOf(server.root, url), '*']) {
      assert.match(await user.problem(`PUT ${url}`, body, { 'if-match': ifMatch }), /^403 /)
      assert.match(await server.anonymous.problem(`PUT ${url}`, body, { 'if-match': ifMatch }), /^401 /)
    }
  })
})
