import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser, permit } from '../../testing/model-steps.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

/** A team that may hand out all of a repository, with two members. */
async function makeScene(name: string) {
  const { root } = server
  await makeRepository(root, name)
  const team = await makeTeam(root, name)
  const resource = await makeResource(root, { team, repository: name })
  const users = [await makeUser(root, `${name} ann`), await makeUser(root, `${name} bob`)] as const
  await join(root, team, users)
  return { team, resource, users }
}

/** Messages of a task's warnings. */
async function warningsOf(taskId: string): Promise<string[]> {
  const { text } = await server.root.send(`GET /api/task/${taskId}`)
  const { warnings = [] } = JSON.parse(text) as { warnings?: readonly { code: string; message: string }[] }
  assert.ok(warnings.every(({ code }) => code === 'rule.unreachable_path'))
  return warnings.map(({ message }) => message)
}

test('warns whoever lets members of a rule into a path that they cannot browse to, and of nothing else', async () => {
  const { root } = server
  const { team, resource, users } = await makeScene('one')
  const rule = await makeRule(root, { team, name: 'r', members: users })
  const task = await permit(root, {
    team,
    rule,
    permissions: [
      { resource, type: 'READ_WRITE', path: 'a/b' },
      { resource, type: 'NONE', path: 'c/d' },
    ],
  })
  assert.deepEqual(await warningsOf(task), [
    '2 users (one ann, one bob) may read /a/b of one, but not / above it: ' +
      'the path can be checked out by its own URL, and cannot be browsed to from the root.',
  ])
  const root2 = await permit(root, { team, rule, permissions: [{ resource, type: 'READ' }] })
  assert.deepEqual(await warningsOf(root2), [])
  const reachable = await permit(root, { team, rule, permissions: [{ resource, type: 'READ', path: 'e/f' }] })
  assert.deepEqual(await warningsOf(reachable), [])
  const denied = await permit(root, { team, rule, permissions: [{ resource, type: 'READ', path: 'c/d/e' }] })
  assert.match((await warningsOf(denied)).join(), /may read \/c\/d\/e of one, but not \/c\/d above it/)
})

test('counts only those whom no other rule lets browse, and not the disabled', async () => {
  const { root } = server
  const { team, resource, users } = await makeScene('two')
  const [ann, bob] = users
  const more = await Promise.all(Array.from({ length: 7 }, (_, i) => makeUser(root, `two more ${i}`)))
  await join(root, team, more)
  await makeRule(root, { team, name: 'browsers', members: [ann], permissions: [{ resource, type: 'READ' }] })
  await root.change(`PUT /api/users/${bob}/disable`)
  const rule = await makeRule(root, { team, name: 'r', members: [...users, ...more] })
  const task = await permit(root, { team, rule, permissions: [{ resource, type: 'READ', path: 'x' }] })
  const [message = '', ...others] = await warningsOf(task)
  assert.deepEqual(others, [])
  assert.match(message, /^7 users \(two more 0, two more 1, .*, two more 4 and 2 more\) may read \/x of two/)
})

test('warns whoever names new members in a rule of those members alone', async () => {
  const { root } = server
  const { team, resource, users } = await makeScene('three')
  const [ann, bob] = users
  const permissions = [{ resource, type: 'READ', path: 'x' }] as const
  const rule = await makeRule(root, { team, name: 'r', members: [ann], permissions })
  const add = async (ids: readonly string[]) =>
    warningsOf((await root.change(`POST /api/teams/${team}/rules/${rule}/members`, { ids: { ids } })).taskId)
  assert.match((await add([ann, bob])).join(), /^1 user \(three bob\) may read \/x of three, but not \/ above it/)
  assert.deepEqual(await add([ann, bob]), [])
})

test('warns of wide audiences, too', async () => {
  const { root } = server
  const { team, resource } = await makeScene('four')
  const rule = await makeRule(root, { team, name: 'r', audience: 'everyone' })
  const task = await permit(root, { team, rule, permissions: [{ resource, type: 'READ', path: 'pub' }] })
  assert.deepEqual(
    (await warningsOf(task)).map((message) => message.split(' may read ')[0]),
    ['Anonymous visitors', 'Signed-in users whom no rule there names'],
  )
})

test('warns whoever changes a denial into a grant, and not where a grant only changes', async () => {
  const { root } = server
  const { team, resource, users } = await makeScene('five')
  const permissions = [{ resource, type: 'NONE', path: 'x' }] as const
  const rule = await makeRule(root, { team, name: 'r', members: users, permissions })
  const url = `/api/teams/${team}/rules/${rule}/resourcepermissions`
  const [permission] = (await root.list(url)).entries
  const change = async (permissionType: string) => {
    const DTOs = [{ id: permission?.['id'], ownerResource: resource, path: 'x', permissionType }]
    return warningsOf((await root.change(`PUT ${url}`, { dtolist: { DTOs } })).taskId)
  }
  assert.equal((await change('READ')).length, 1)
  assert.deepEqual(await change('READ_WRITE'), [])
})
