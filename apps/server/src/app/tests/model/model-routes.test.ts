import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Route } from '../../../platform/http/route.ts'
import type { ApiClient, Fields } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRepository } from '../../testing/model-steps.ts'
import { SAMPLE_BODIES, SAMPLE_QUERIES } from '../../testing/sample-bodies.ts'
import { type Body, FORMATS } from '../../testing/wire-format.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

/** The route's operation on something that is not there. */
function operationOn({ name, method, url }: Route): string {
  return `${method} ${url.replaceAll(/\{\w+\}/g, () => randomUUID())}${SAMPLE_QUERIES[name] ?? ''}`
}

function bodyOf({ name, body }: Route): Body | undefined {
  if (!body) return undefined
  const sample = SAMPLE_BODIES[name]
  assert.ok(sample, `${name} takes a body and has no sample of one.`)
  return sample
}

describe('every route', () => {
  test('says who may, what it does and what it answers', () => {
    for (const { name, permission, summary, answers } of server.routes) {
      assert.match(permission, /\w{3}/, name)
      assert.match(summary, /^[A-Z].*[^.]$/, name)
      const statuses = Object.keys(answers)
      assert.ok(
        statuses.some((status) => /^[23]\d\d$/.test(status)),
        name,
      )
      for (const { description } of Object.values(answers)) assert.match(description, /\w{3}/, name)
    }
  })

  test('has a name and a URL of its own', () => {
    const { routes } = server
    assert.equal(new Set(routes.map(({ name }) => name)).size, routes.length)
    const operations = routes.map(({ method, url }) => `${method} ${url.replaceAll(/\{\w+\}/g, '{}')}`)
    assert.equal(new Set(operations).size, routes.length)
  })

  test('refuses the anonymous unless it is public', async () => {
    const signedIn = server.routes.filter(({ access }) => access === 'signed-in')
    assert.ok(signedIn.length > 30)
    for (const route of signedIn) {
      const reply = await server.anonymous.send(operationOn(route))
      assert.equal(reply.status, 401, route.name)
      assert.ok(reply.headers.has('www-authenticate'), route.name)
    }
  })

  test('refuses what is no token of ours like no token', async () => {
    for (const authorization of [
      'Bearer ptr_invented',
      'Bearer',
      'Basic !',
      'OAuth2 x',
      `Bearer ${'x'.repeat(4000)}`,
    ]) {
      const reply = await server.anonymous.send('GET /api/teams', undefined, { authorization })
      assert.equal(reply.status, 401, authorization)
    }
  })
})

/** Those of the answers that are not as they should be. */
function notLike(expected: RegExp, problems: readonly string[]): readonly string[] {
  return problems.filter((problem) => !expected.test(problem))
}

for (const format of FORMATS) {
  describe(`every route of the model, in ${format}`, () => {
    /** Every route, as `name: status code`, for a caller. */
    async function problemsOf(client: ApiClient, routes: readonly Route[]): Promise<string[]> {
      const problems: string[] = []
      for (const route of routes) {
        const reply = await client.send(operationOn(route), bodyOf(route))
        const { code, message, requestId } = (reply.content ?? {}) as Fields
        assert.ok(code && message && requestId, `${route.name} answered ${reply.status} ${reply.text}`)
        assert.equal(reply.headers.get('x-request-id'), requestId)
        problems.push(`${reply.status} ${route.name} ${code}`)
      }
      return problems
    }

    test('tells the anonymous that they are not signed in', async () => {
      assert.deepEqual(
        notLike(/^401 \w+ sign_in\./, await problemsOf(server.anonymous.in(format), server.modelRoutes)),
        [],
      )
    })

    test('tells a user without flags that they may not, whatever is there', async () => {
      // Everybody has a list of their own tasks.
      const refusing = server.modelRoutes.filter(({ url }) => url !== '/api/task')
      const user = (await server.signIn()).in(format)
      assert.deepEqual(notLike(/^403 \w+ access\.(flag_missing|not_admin)$/, await problemsOf(user, refusing)), [])
    })

    test('tells an admin with other flags that they may not', async () => {
      const admin = await server.signIn({ role: 'admin', flags: ['allow_modify_clients', 'allow_view_audit'] })
      const ofModel = server.modelRoutes.filter(({ url }) => !url.includes('/task'))
      assert.deepEqual(notLike(/^403 \w+ access\.flag_missing$/, await problemsOf(admin.in(format), ofModel)), [])
    })

    test('tells whoever may only look that they may not change', async () => {
      const viewer = await server.signIn({ role: 'admin', flags: ['allow_view_users'] })
      const changes = server.modelRoutes.filter(({ method, url }) => method !== 'GET' && !url.includes('/task/'))
      assert.deepEqual(notLike(/^403 \w+ access\.flag_missing$/, await problemsOf(viewer.in(format), changes)), [])
    })

    test('tells whoever may that the thing is not there', async () => {
      const onSomething = server.modelRoutes.filter(({ params }) => params)
      // Where the seed wants 400 of a team that is not there.
      const expected =
        /^404 \w+ (team|rule|user|repository|task|enforcement|ldap_authority)\.(not_found|not_published)$|^400 createMember member\.unknown_team$/
      assert.deepEqual(notLike(expected, await problemsOf(server.root.in(format), onSomething)), [])
    })

    test('tells that nothing can have an id that is no UUID', async () => {
      const root = server.root.in(format)
      for (const { name, method, url } of server.modelRoutes.filter(({ params }) => params)) {
        for (const id of ['nope', '1', '%00', '..%2F..', `${randomUUID()}x`]) {
          const reply = await root.send(`${method} ${url.replaceAll(/\{\w+\}/g, id)}`)
          assert.equal(reply.status, 404, `${name} with ${id}`)
        }
      }
    })
  })
}

test('what is another organisation’s is not there, for anyone but a superadmin who names it', async () => {
  const team = (await server.root.change('POST /api/teams', { team: { name: 'ours' } })).entityId
  const repository = await makeRepository(server.root, 'ours')
  const made = await server.root.sendText('POST /v1/admin/organisations/', '{"name":"two"}', {
    'content-type': 'application/json',
  })
  const organisation = Number((made.content as Fields | undefined)?.['organisation_id'])
  const flags = ['allow_modify_teams', 'allow_modify_users'] as const
  const admin = await server.signIn({ role: 'admin', flags, organisation })
  assert.equal((await admin.list('/api/teams')).total, 0)
  assert.equal(await admin.problem(`GET /api/teams/${team}`), '404 team.not_found')
  assert.equal(await admin.problem(`DELETE /api/teams/${team}`), '404 team.not_found')
  const file = await admin.problem(`GET /api/repositories/${repository}/authz`, undefined, { accept: '*/*' })
  assert.equal(file, '404 enforcement.not_published')
  const body = { resource: { repositoryName: 'ours' } }
  const own = (await admin.change('POST /api/teams', { team: { name: 'ours' } })).entityId
  assert.equal(await admin.problem(`POST /api/teams/${own}/resources`, body), '400 resource.unknown_repository')
  assert.match(await admin.problem('GET /api/teams?organisation=1'), /^403 /)
  assert.equal((await server.root.list(`/api/teams?organisation=${organisation}`)).entries[0]?.['id'], own)
})
