import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { ApiClient, Fields, Reply } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { SEED_OPERATIONS, type SeedOperation } from '../../testing/seed-operations.ts'
import { type Body, FORMATS } from '../../testing/wire-format.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

/** Something of every kind, for one operation to work on. */
interface Scene {
  /** Values of path parameters. */
  readonly ids: Readonly<Record<string, string>>
  readonly body: Body | undefined
}

const scenes = { made: 0 }

/**
 * A team below another, with a member, a leader, a resource and a rule; and beside it what can be added. Which of the users
 * the path and the body speak of is what the operation needs.
 */
async function makeScene(api: ApiClient, { method, path, takes }: SeedOperation): Promise<Scene> {
  scenes.made += 1
  const name = `scene${scenes.made}`
  const parent = await makeTeam(api, `${name} above`)
  const team = await makeTeam(api, name, parent)
  const member = await makeUser(api, `${name} member`)
  const stranger = await makeUser(api, `${name} stranger`)
  await join(api, team, [member])
  const other = path.endsWith('/rules/{rule_id}/members') ? stranger : undefined
  if (other) await join(api, team, [other])
  await makeRepository(api, name)
  await makeResource(api, { team: parent, repository: name })
  const resource = await makeResource(api, { team, repository: name, path: '/trunk' })
  const permissions = [{ resource, type: 'READ' }] as const
  const rule = await makeRule(api, { team, name: 'rule', members: [member], permissions })
  const [permission] = (await api.list(`/api/teams/${team}/rules/${rule}/resourcepermissions`)).entries
  const authority = await makeAuthority(api, name)
  const isLeader = path.endsWith('/leaders/{user_id}') && method !== 'POST'
  if (isLeader) {
    await api.change(`POST /api/teams/${team}/leaders/${member}`, { teamadminpermission: { manageMembers: true } })
  }
  const adds = method === 'POST' && !path.endsWith('/delete')
  const ids = {
    id: team,
    team_id: team,
    rule_id: rule,
    user_id: adds ? stranger : member,
    ldap_authority_id: authority,
  }
  const bodies: Readonly<Record<NonNullable<SeedOperation['takes']>, unknown>> = {
    team: { name: `${name} made` },
    rule: { ruleName: 'made' },
    resource: { repositoryName: name, path: '/trunk/below' },
    user: { username: `${name} made` },
    ids: { ids: [idFor(path, { resource, permission: permission?.['id'] ?? '', user: adds ? stranger : member })] },
    dtolist: {
      DTOs: [
        method === 'PUT'
          ? { id: permission?.['id'], permissionType: 'NONE', path: '', ownerResource: resource }
          : { permissionType: 'READ_WRITE', path: 'src', ownerRule: rule, ownerResource: resource },
      ],
    },
    teamadminpermission: { manageMembers: true, manageRules: false },
  }
  return { ids, body: takes && { [takes]: bodies[takes] } }
}

function idFor(path: string, ids: { readonly resource: string; readonly permission: string; readonly user: string }) {
  if (path.endsWith('/resources/delete')) return ids.resource
  return path.endsWith('/resourcepermissions/delete') ? ids.permission : ids.user
}

/** Nothing listens there: that a connection fails is a result of the test of it. */
async function makeAuthority(api: ApiClient, name: string): Promise<string> {
  const ldapAuthority = { name, url: 'ldap://127.0.0.1:9', userBase: 'dc=example,dc=org' }
  return (await api.change('POST /api/ldapauthorities', { ldapAuthority })).entityId
}

function operationOf({ method, path }: SeedOperation, ids: Readonly<Record<string, string>>): string {
  return `${method} ${path.replaceAll(/\{(\w+)\}/g, (_, name) => ids[name] ?? randomUUID())}`
}

function assertProblem(reply: Reply, status: number, what: string): void {
  assert.equal(reply.status, status, `${what}: ${reply.text}`)
  const { code, message, requestId } = (reply.content ?? {}) as Fields
  assert.ok(code && message && requestId, `${what}: ${reply.text}`)
}

test('every operation of the seed has its route, and no other route passes for one', () => {
  // What is ours alone below /api/teams.
  const ours = [/^(GET|POST) \/api\/teams\/\{team_id\}\/sync/]
  const routes = server.routes
    .filter(({ url }) => url.startsWith('/api/teams'))
    .map(({ method, url }) => `${method} ${url}`)
    .filter((operation) => !ours.some((own) => own.test(operation)))
  const rows = SEED_OPERATIONS.map(({ method, path }) => `${method} ${path}`)
  assert.equal(rows.length, 44)
  assert.deepEqual(routes.sort(), rows.sort())
})

for (const format of FORMATS) {
  describe(`the operations of the seed, in ${format}`, () => {
    for (const operation of SEED_OPERATIONS) {
      const name = `${operation.method} ${operation.path}`

      test(`${name} does what it says`, async () => {
        const api = server.root.in(format)
        const { ids, body } = await makeScene(api, operation)
        const reply = await api.send(operationOf(operation, ids), body)
        const isTask = operation.answers === 'task'
        assert.equal(reply.status, isTask ? 202 : 200, reply.text)
        if (format === 'xml') assert.match(reply.text, new RegExp(`^(<\\?xml[^>]*>\\s*)?<${operation.answers}[ >/]`))
        if (!isTask) return
        assert.equal(reply.headers.get('location'), `/api/task/${reply.content}`)
        const task = await api.get(`/api/task/${reply.content}`)
        assert.equal(task['state'], 'COMPLETED')
        assert.equal(task['entityId'], reply.headers.get('x-entity-id') ?? undefined)
      })

      test(`${name} refuses the anonymous, who may not, what is not there and what is no request`, async () => {
        const api = server.root.in(format)
        const { ids, body } = await makeScene(api, operation)
        const target = operationOf(operation, ids)
        assertProblem(await server.anonymous.in(format).send(target, body), 401, 'anonymous')
        assertProblem(await (await server.signIn()).in(format).send(target, body), 403, 'no right')
        for (const param of operation.path.matchAll(/\{(\w+)\}/g)) {
          const gone = operationOf(operation, { ...ids, [String(param[1])]: randomUUID() })
          const status = operation.path.endsWith('/members/new') ? 400 : 404
          assertProblem(await api.send(gone, body), status, `no ${param[1]}`)
        }
        if (operation.answers === 'counts') {
          assertProblem(await api.send(`${target}?id=${randomUUID()}`), 404, 'unknown id')
        }
        assertProblem(await api.send(`${target}?nonsense=1`, body), 400, 'unknown parameter')
        if (operation.takes) {
          const nonsense = { [operation.takes]: { nonsense: '1' } }
          assertProblem(await api.send(target, nonsense), 400, 'unknown field')
        }
        // Nothing of it changed anything: the operation still finds what it works on.
        assert.ok((await api.send(target, body)).status < 300)
      })

      if (operation.sortedBy) {
        test(`${name} is paged, sorted, searched, trimmed, and asked at a revision`, async () => {
          const api = server.root.in(format)
          const { ids } = await makeScene(api, operation)
          const target = operationOf(operation, ids)
          const page = (await api.send(target)).content as unknown as Record<string, string>
          assert.deepEqual([page['pageNumber'], page['pageSize']], ['1', '20'])
          const total = Number(page['totalResults'])
          assert.equal(page['totalPages'], String(Math.ceil(total / 20)))
          const path = target.slice('GET '.length)
          const bySeed = await api.list(`${path}?pageSize=1000&sortColumn=${operation.sortedBy}`)
          const byDefault = await api.list(`${path}?pageSize=1000`)
          assert.deepEqual(byDefault, bySeed)
          const reversed = await api.list(`${path}?pageSize=1000&sortAscending=false`)
          assert.deepEqual(reversed.entries.toReversed(), byDefault.entries)
          const [first] = byDefault.entries
          const value = first?.[operation.sortedBy ?? '']
          if (first && value) {
            const search = new URLSearchParams({ searchKeyList: operation.sortedBy ?? '', searchValueList: value })
            const found = await api.list(`${path}?pageSize=1000&${search}`)
            assert.ok(found.entries.some((entry) => entry[operation.sortedBy ?? ''] === value))
            const trimmed = await api.list(`${path}?pageSize=1&fieldList=${operation.sortedBy}`)
            assert.deepEqual(
              Object.keys(trimmed.entries[0] ?? {}).filter((key) => key !== 'xsi:type'),
              [operation.sortedBy],
            )
          }
          const head = await server.head()
          assert.deepEqual(await api.list(`${path}?pageSize=1000&revision=${head}`), byDefault)
          await server.published()
          assert.equal((await api.send(`${target}?queryEnforced=true`)).status, 200)
          assert.equal(await api.problem(`${target}?revision=${head + 1}`), '400 state.beyond_head')
          assert.equal(await api.problem(`${target}?sortColumn=nonsense`), '400 list.unknown_field')
          assert.equal(await api.problem(`${target}?searchKeyList=${operation.sortedBy}`), '400 list.unequal_lists')
        })
      }
    }
  })
}
