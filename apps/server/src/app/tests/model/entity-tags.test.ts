import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRepository, makeTeam } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

let server: ModelServer
before(async () => {
  server = await startModelServer()
})
after(() => server[Symbol.asyncDispose]())

for (const format of FORMATS) {
  test(`in ${format}: an answer the client holds is not sent again until the model has changed`, async () => {
    const root = server.root.in(format)
    const team = await makeTeam(root, `core ${format}`)
    for (const url of [
      '/api/teams?pageSize=1',
      `/api/teams/counts?id=${team}`,
      `/api/teams/${team}/members`,
      '/api/users',
    ]) {
      const first = await root.send(`GET ${url}`)
      const tag = first.headers.get('etag') ?? ''
      assert.match(tag, /^W\/".+"$/)
      const held = await root.send(`GET ${url}`, undefined, { 'if-none-match': tag })
      assert.equal(held.status, 304)
      assert.equal(held.text, '')
      assert.equal(held.headers.get('etag'), tag)
      await makeRepository(root, `calc-${Math.random()}`)
      const changed = await root.send(`GET ${url}`, undefined, { 'if-none-match': tag })
      assert.equal(changed.status, 200)
      assert.notEqual(changed.headers.get('etag'), tag)
    }
  })
}

test('who may not see a thing is not told whether it has changed', async () => {
  const team = await makeTeam(server.root, 'secret')
  const reply = await server.root.send(`GET /api/teams/${team}`)
  const held = { 'if-none-match': reply.headers.get('etag') ?? '' }
  const user = await server.signIn()
  assert.equal((await user.send(`GET /api/teams/${team}`, undefined, held)).status, 403)
  assert.equal((await server.anonymous.send(`GET /api/teams/${team}`, undefined, held)).status, 401)
})
