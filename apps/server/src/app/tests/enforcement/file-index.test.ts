import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser, permit } from '../../testing/model-steps.ts'

const INDEX = 'GET /api/enforcement/files'
const XML = { accept: 'application/xml' }

test('a caller who waits hears of a change of a file, and of nothing else', async () => {
  await using server = await startModelServer()
  const { root } = server
  await makeRepository(root, 'tools')
  const team = await makeTeam(root, 'core')
  const user = await makeUser(root, 'ann')
  await join(root, team, [user])
  const resource = await makeResource(root, { team, repository: 'tools' })
  const rule = await makeRule(root, { team, name: 'readers', members: [user] })
  await server.published()
  const first = await root.send(INDEX)
  assert.equal(first.status, 200)
  const { files } = JSON.parse(first.text) as { files: { repositoryId: string; name: string; sha256: string }[] }
  assert.deepEqual(
    files.map(({ name }) => name),
    ['tools'],
  )
  const file = await root.send(`GET /api/repositories/${files[0]?.repositoryId}/authz`, undefined, {
    accept: 'text/plain',
  })
  assert.ok(file.headers.get('etag')?.includes(files[0]?.sha256 ?? 'no file'))

  const held = { 'if-none-match': first.headers.get('etag') ?? '' }
  assert.equal((await root.send(`${INDEX}?wait=1`, undefined, held)).status, 304)
  const waiting = root.send(`${INDEX}?wait=60`, undefined, held)
  await permit(root, { team, rule, permissions: [{ resource, type: 'READ' }] })
  const news = await waiting
  assert.equal(news.status, 200)
  assert.notEqual(news.headers.get('etag'), first.headers.get('etag'))
  assert.match((await root.send(INDEX, undefined, XML)).text, /<files>.*<name>tools<\/name>.*<\/files>/s)
})

test('refuses to wait for more than a minute, and whoever is not signed in', async () => {
  await using server = await startModelServer()
  assert.equal((await server.root.send(`${INDEX}?wait=61`)).status, 400)
  assert.equal((await server.anonymous.send(INDEX)).status, 401)
})
