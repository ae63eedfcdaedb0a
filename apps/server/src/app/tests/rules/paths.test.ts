import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRepository, makeResource, makeRule, makeTeam } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

describe('the paths of a repository that rules speak of', () => {
  let server: ModelServer
  let repository: string
  let revisionBefore: number
  const paths = ['/', '/trunk', '/trunk/src', '/trunk/src/deep/er', '/trunk-old', '/tags/1.0', '/tags/2.0']
  before(async () => {
    server = await startModelServer()
    const { root } = server
    repository = await makeRepository(root, 'charts')
    revisionBefore = await server.head()
    const team = await makeTeam(root, 'Pilots')
    for (const [index, path] of paths.entries()) {
      const resource = await makeResource(root, { team, repository: 'charts', path })
      const type = path === '/trunk/src' ? 'NONE' : 'READ'
      await makeRule(root, { team, name: `rule ${index}`, permissions: [{ resource, type }] })
    }
  })
  after(() => server[Symbol.asyncDispose]())

  for (const format of FORMATS) {
    const ask = (what: string) => server.root.in(format).list(`/api/repositories/${repository}/${what}`)

    test(`in ${format}: are told level by level, with how much is said at and below each`, async () => {
      const below = async (path: string) =>
        (await ask(`paths?path=${path}`)).entries.map((each) => `${each['path']} ${each['name']} ${each['statements']}`)
      assert.deepEqual(await below('/'), ['/tags tags 2', '/trunk trunk 3', '/trunk-old trunk-old 1'])
      assert.deepEqual(await below('/trunk'), ['/trunk/src src 2'])
      assert.deepEqual(await below('/trunk/src'), ['/trunk/src/deep deep 1'])
      assert.deepEqual(await below('/trunk-old'), [])
    })

    test(`in ${format}: are paged`, async () => {
      const { total, entries } = await ask('paths?pageSize=1&pageNumber=2')
      assert.deepEqual([total, entries.map(({ name }) => name)], [3, ['trunk']])
    })

    test(`in ${format}: what is said at a path comes before what is said above it, which is inherited`, async () => {
      const { total, entries } = await ask('statements?path=/trunk/src/deep')
      assert.equal(total, 3)
      assert.deepEqual(
        entries.map((each) => [
          each['path'],
          each['inherited'],
          each['permissionType'],
          each['ruleName'],
          each['teamName'],
        ]),
        [
          ['/trunk/src', 'true', 'NONE', 'rule 2', 'Pilots'],
          ['/trunk', 'true', 'READ', 'rule 1', 'Pilots'],
          ['/', 'true', 'READ', 'rule 0', 'Pilots'],
        ],
      )
      const own = await ask('statements?path=/trunk/src&pageSize=1')
      assert.deepEqual([own.total, own.entries.map(({ inherited }) => inherited)], [3, ['false']])
    })

    test(`in ${format}: are told as they were at a revision`, async () => {
      assert.deepEqual(await ask(`paths?revision=${revisionBefore}`), { total: 0, entries: [] })
      assert.equal((await ask(`statements?path=/trunk&revision=${revisionBefore}`)).total, 0)
      assert.equal((await ask(`paths?revision=${(await server.head()) - 1}`)).total, 3)
    })
  }

  test('a path that cannot be, and a repository that is not, are refused', async () => {
    const { root } = server
    const refused = await root.send(`GET /api/repositories/${repository}/paths?path=trunk`)
    assert.equal(refused.status, 400)
    assert.match(refused.text, /path: .*starts with \//)
    assert.equal((await root.send(`GET /api/repositories/${randomUUID()}/statements`)).status, 404)
  })
})
