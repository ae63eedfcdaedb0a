import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { type DataSourceScene, type Shown, startDataSourceScene } from '../../testing/data-source-scene.ts'

const CHANGED = 412

describe('If-Match on data sources and groups', () => {
  let scene: DataSourceScene
  let ann: ApiClient
  before(async () => {
    scene = await startDataSourceScene()
    ann = scene.callers.ann
  })
  after(() => scene[Symbol.asyncDispose]())

  async function send(operation: string, body?: object, ifMatch?: string): Promise<number> {
    const headers = { 'content-type': 'application/json', ...(ifMatch !== undefined && { 'if-match': ifMatch }) }
    return (await ann.sendText(operation, body && JSON.stringify(body), headers)).status
  }

  async function tagOf(url: string, caller = ann): Promise<string> {
    const { status, headers } = await caller.sendText(`GET ${url}`, undefined, {})
    assert.equal(status, 200)
    return headers.get('etag') ?? ''
  }

  const kinds: readonly { readonly kind: string; make(name: string): Promise<Shown>; readonly path: string }[] = [
    { kind: 'a data source', make: (name) => scene.makeDataSource(name), path: '/v1/datasources' },
    { kind: 'a group', make: (name) => scene.makeGroup(name), path: '/v1/groups' },
  ]
  for (const { kind, make, path } of kinds) {
    test(`${kind} has a tag, which every change that shows makes another`, async () => {
      const url = `${path}/${(await make(`tagged ${kind}`)).id}`
      const first = await tagOf(url)
      assert.match(first, /^"[^"]+"$/)
      assert.equal((await ann.sendText(`GET ${url}`, undefined, { 'if-none-match': first })).status, 304)
      const tags = [first]
      for (const change of [{ status: 'Moving' }, { stewards: ['sam'] }, { isCurrentUserFollowing: true }]) {
        assert.equal(await send(`PUT ${url}`, change, tags.at(-1)), 200)
        tags.push(await tagOf(url))
      }
      assert.equal(new Set(tags).size, tags.length)
    })

    test(`${kind} is changed and deleted as it was read last, or by who names no version, and not as it was before`, async () => {
      const { id } = await make(`changed ${kind}`)
      const url = `${path}/${id}`
      const stale = await tagOf(url)
      assert.equal(await send(`PUT ${url}`, { status: 'first' }, stale), 200)
      assert.equal(await send(`PUT ${url}`, { status: 'second' }, stale), CHANGED)
      assert.equal(await send(`DELETE ${url}`, undefined, stale), CHANGED)
      const shown = (await scene.call(ann, `GET ${url}`)).body
      assert.equal(Object.values(shown as Record<string, Shown>)[0]?.['status'], 'first')
      assert.equal((await scene.auditOf(kind === 'a group' ? 'group' : 'data_source', id)).length, 2)
      assert.equal(await send(`PUT ${url}`, { status: 'third' }, `"x", ${await tagOf(url)}`), 200)
      assert.equal(await send(`PUT ${url}`, { status: 'fourth' }, '*'), 200)
      assert.equal(await send(`PUT ${url}`, { status: 'fifth' }), 200)
      assert.equal(await send(`DELETE ${url}`, undefined, await tagOf(url)), 200)
      assert.equal(await send(`DELETE ${url}`, undefined, '*'), 404)
    })

    test(`${kind}: of changes at once that were made for the same version all but one are refused`, async () => {
      const url = `${path}/${(await make(`raced ${kind}`)).id}`
      const tag = await tagOf(url)
      const replies = await Promise.all(['a', 'b', 'c'].map((status) => send(`PUT ${url}`, { status }, tag)))
      assert.deepEqual(replies.toSorted(), [200, CHANGED, CHANGED])
    })

    test(`${kind}: who may not change it is refused for that, whatever version they name`, async () => {
      const url = `${path}/${(await make(`theirs ${kind}`)).id}`
      for (const ifMatch of ['"stale"', await tagOf(url, scene.callers.bob)]) {
        const headers = { 'content-type': 'application/json', 'if-match': ifMatch }
        assert.equal((await scene.callers.bob.sendText(`PUT ${url}`, '{"status":"mine"}', headers)).status, 403)
      }
    })
  }
})
