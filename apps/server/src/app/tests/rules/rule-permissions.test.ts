import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRule, permit } from '../../testing/model-steps.ts'
import { dtoList, makeRuleScene, permissionsOf } from '../../testing/rule-scene.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

test('two permissions may change places in one request', async () => {
  const { root } = server
  const { url, team, rule, resources, permission } = await makeRuleScene(server)
  const [ownerResource] = resources
  await permit(root, { team, rule, permissions: [{ resource: ownerResource, type: 'NONE', path: 'a' }] })
  const other = (await permissionsOf(root, url)).find(({ id }) => id !== permission)?.['id']
  await root.change(
    `PUT ${url}/resourcepermissions`,
    dtoList(
      { id: permission, permissionType: 'READ', path: 'a', ownerResource },
      { id: other, permissionType: 'NONE', ownerResource },
    ),
  )
  const paths = (await permissionsOf(root, url)).map(({ id, path }) => [id, path])
  assert.deepEqual(paths, [
    [other, ''],
    [permission, 'a'],
  ])
})

interface Said {
  readonly resource: 0 | 1
  readonly type: 'READ' | 'READ_WRITE' | 'NONE'
  readonly path: string
}
interface Edit {
  readonly act: 'add' | 'change' | 'remove'
  /** Each of the permission of that number, or a new one. */
  readonly parts: readonly (Said & { readonly of: number })[]
}

const part = fc.record({
  of: fc.nat({ max: 5 }),
  resource: fc.constantFrom(0, 1),
  type: fc.constantFrom('READ', 'READ_WRITE', 'NONE'),
  path: fc.constantFrom('', 'a', '/a', 'a/b', 'c'),
})
const edit: fc.Arbitrary<Edit> = fc.record({
  act: fc.constantFrom('add', 'change', 'remove'),
  parts: fc.array(part, { minLength: 1, maxLength: 3 }),
})

/** What the rule says afterwards by the plain reading, or undefined where the edit is to be refused. */
function applied(said: ReadonlyMap<string, Said>, { act, parts }: Edit): Map<string, Said> | undefined {
  const ids = [...said.keys()]
  if (act === 'add') return distinct([...said, ...parts.map((each, index) => [`new ${index}`, each] as const)])
  const chosen = parts.map(({ of }) => ids[of % ids.length] ?? '')
  if (ids.length === 0) return undefined
  if (act === 'remove') return new Map([...said].filter(([id]) => !chosen.includes(id)))
  if (new Set(chosen).size < chosen.length) return undefined
  return distinct([...said].map(([id, before]) => [id, parts[chosen.indexOf(id)] ?? before] as const))
}

/** Undefined when two of them speak of one path through one resource. */
function distinct(said: readonly (readonly [string, Said])[]): Map<string, Said> | undefined {
  const places = said.map(([, { resource, path }]) => `${resource} ${path.replace(/^\//, '')}`)
  return new Set(places).size < places.length ? undefined : new Map(said)
}

test('permissions edited at random are what the plain reading says, in every state there was', async () => {
  const { root } = server
  const { team, resources } = await makeRuleScene(server)

  const ask = (url: string, said: ReadonlyMap<string, Said>, { act, parts }: Edit) => {
    const ids = [...said.keys()]
    const DTOs = parts.map(({ of, resource, type, path }) => ({
      ...(act === 'change' && { id: ids[of % ids.length] ?? randomUUID() }),
      permissionType: type,
      path,
      ownerResource: resources[resource],
    }))
    if (act !== 'remove')
      return root.send(`${act === 'add' ? 'POST' : 'PUT'} ${url}/resourcepermissions`, dtoList(...DTOs))
    const removed = parts.map(({ of }) => ids[of % ids.length] ?? randomUUID())
    return root.send(`POST ${url}/resourcepermissions/delete`, { ids: { ids: removed } })
  }

  const read = async (url: string, query = ''): Promise<Map<string, Said>> => {
    const listed = await permissionsOf(root, url, query)
    return new Map(
      listed.map(({ id = '', path = '', permissionType, ownerResource = '' }) => {
        const resource = resources.indexOf(ownerResource) as Said['resource']
        return [id, { resource, type: permissionType as Said['type'], path }]
      }),
    )
  }

  const plain = (said: ReadonlyMap<string, Said>, withIds: boolean) =>
    [...said].map(([id, { resource, type, path }]) => `${withIds ? id : ''} ${resource} ${type} ${path}`).toSorted()

  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (sequence) => {
      const rule = await makeRule(root, { team, name: randomUUID() })
      const url = `/api/teams/${team}/rules/${rule}`
      const states: [revision: number, said: readonly string[]][] = []
      let said = new Map<string, Said>()
      for (const each of sequence) {
        const expected = applied(said, each)
        const { status, text } = await ask(url, said, each)
        assert.equal(status === 202, expected !== undefined, text)
        const now = await read(url)
        assert.deepEqual(plain(now, each.act !== 'add'), plain(expected ?? said, each.act !== 'add'))
        said = now
        states.push([await server.head(), plain(said, true)])
      }
      for (const [revision, then] of states) {
        assert.deepEqual(plain(await read(url, `&revision=${revision}`), true), then)
      }
    }),
    { numRuns: 20 },
  )
})
