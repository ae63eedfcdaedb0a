import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Caller, type CredentialScene, startCredentialScene } from '../../testing/credential-scene.ts'

describe('If-Match on login credentials', () => {
  let scene: CredentialScene
  before(async () => {
    scene = await startCredentialScene()
  })
  after(() => scene[Symbol.asyncDispose]())

  async function send(method: string, id: number, { body, ifMatch, caller = scene.callers.ann }: Sent = {}) {
    const headers = {
      authorization: `Bearer ${caller.token}`,
      'content-type': 'application/json',
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    }
    const answer = await fetch(`${scene.url}/v1/logincredentials/${id}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, tag: answer.headers.get('etag') ?? '', text: await answer.text() }
  }

  test('another password makes another version of them, which tells nothing of it', async () => {
    const { id } = await scene.makeCredentials('replaced', { trusted: true })
    const tags = [(await send('GET', id)).tag]
    for (const password of ['the same again', 'the same again', null]) {
      scene.clock.time += 1
      assert.equal((await send('PUT', id, { body: { password }, ifMatch: tags.at(-1) })).status, 200)
      tags.push((await send('GET', id)).tag)
    }
    assert.equal(new Set(tags).size, tags.length)
    assert.ok(tags.every((tag) => /^"[^"]+"$/.test(tag)))
  })

  test('they are changed and deleted as they were read last, or by who names no version, and not as they were before', async () => {
    const { id } = await scene.makeCredentials('conditional')
    const { tag: stale } = await send('GET', id)
    scene.clock.time += 1
    assert.equal((await send('PUT', id, { body: { role: 'dba' }, ifMatch: stale })).status, 200)
    const refused = await send('PUT', id, { body: { password: 'not stored' }, ifMatch: stale })
    assert.equal(refused.status, 412)
    assert.doesNotMatch(refused.text, /not stored/)
    assert.equal((await send('DELETE', id, { ifMatch: stale })).status, 412)
    assert.equal((await send('PUT', id, { body: { role: 'reader' }, ifMatch: '*' })).status, 200)
    assert.equal((await send('PUT', id, { body: { role: 'writer' } })).status, 200)
    assert.match((await send('GET', id)).text, /"writer"/)
    assert.equal(
      (await send('PUT', id, { caller: scene.callers.bob, body: { role: 'x' }, ifMatch: stale })).status,
      403,
    )
    assert.equal((await send('DELETE', id, { ifMatch: (await send('GET', id)).tag })).status, 200)
    assert.equal((await send('DELETE', id, { ifMatch: '*' })).status, 404)
  })
})

interface Sent {
  readonly body?: object
  readonly ifMatch?: string | undefined
  readonly caller?: Caller
}
