import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../testing/api-client.ts'
import { apply, type Files, publishedFiles, set } from '../../testing/batching.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { makeGround } from '../../testing/random-changes.ts'
import { makeCrowd } from '../../testing/random-teams.ts'
import { readModel } from '../../testing/read-model.ts'
import { FORMATS } from '../../testing/wire-format.ts'

interface Remembered {
  readonly revision: number
  readonly lists: Awaited<ReturnType<typeof readModel>>
  readonly files: Files
}

async function remember(server: ModelServer): Promise<Remembered> {
  return {
    revision: await server.head(),
    lists: await readModel(server.root, ''),
    files: await publishedFiles(server),
  }
}

test('a way back to any revision leads to the very lists and files that were there then', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ground = await makeGround(root, 5)
  const crowd = await makeCrowd(root, 6)
  const past: Remembered[] = [await remember(server)]
  for (let i = 0; i < 60; i++) {
    await (i % 2 === 0 ? ground : crowd).changeSomething()
    if (i % 5 === 4) past.push(await remember(server))
  }
  assert.equal(new Set(past.map(({ lists }) => JSON.stringify([...lists]))).size, past.length)
  assert.ok(past.some(({ lists }) => [...lists].some(([url, { length }]) => url.endsWith('/leaders') && length > 0)))
  // To and fro: each way back is itself undone by the next.
  for (const { revision, lists, files } of [...past, ...past.toReversed().slice(1)]) {
    await root.change('POST /api/enforcement/revert', { revert: { revision } })
    assert.deepEqual(await readModel(root, ''), lists, `revision ${revision}`)
    assert.deepEqual(await publishedFiles(server), files, `revision ${revision}`)
  }
  const [first] = past
  assert.deepEqual(await readModel(root, `revision=${first?.revision}`), first?.lists)
})

test('where updates are batched a way back waits too, and drops what waited', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ground = await makeGround(root, 7)
  for (let i = 0; i < 10; i++) await ground.changeSomething()
  const { revision, files } = await remember(server)
  await set(root, { batchedUpdates: true })
  for (let i = 0; i < 10; i++) await ground.changeSomething()
  await root.change('POST /api/enforcement/revert', { revert: { revision } })
  assert.equal((await root.get('/api/enforcement'))['enforcedRevision'], String(revision))
  await apply(server)
  assert.deepEqual(await publishedFiles(server), files)
})

for (const format of FORMATS) {
  test(`in ${format}: there is no way to a revision that is yet to come, nor to the last one`, async () => {
    await using server = await startModelServer()
    const api = server.root.in(format)
    await makeTeam(api, 'core')
    const revert = (revision: unknown) => api.problem('POST /api/enforcement/revert', { revert: { revision } })
    assert.equal(await revert(2), '400 revert.beyond_head')
    assert.equal(await revert(1), '400 revert.is_head')
    assert.equal(await revert(-1), '400 request.invalid')
    assert.equal(await revert('x'), '400 request.invalid')
    assert.equal(await server.head(), 1)
  })

  test(`in ${format}: warns of disabled users who are named again`, async () => {
    await using server = await startModelServer()
    const api = server.root.in(format)
    const [ann, team] = [await makeUser(api, 'ann'), await makeTeam(api, 'core')]
    await join(api, team, [ann])
    const revision = await server.head()
    await api.change(`DELETE /api/teams/${team}/members/${ann}`)
    await api.change(`PUT /api/users/${ann}/disable`)
    const { taskId } = await api.change('POST /api/enforcement/revert', { revert: { revision } })
    const task = (await api.get(`/api/task/${taskId}`)) as Fields & { warnings?: Fields | Fields[] }
    const [warning] = [task.warnings ?? []].flat()
    assert.equal(warning?.['code'], 'revert.disabled_users')
    assert.match(warning?.['message'] ?? '', /ann/)
    assert.equal((await api.list(`/api/teams/${team}/members`)).total, 1)
  })
}

test('warns of teams that would take their members from a directory that is gone', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ldapAuthority = { name: 'people', url: 'ldap://127.0.0.1:9', userBase: 'ou=people,dc=example,dc=org' }
  const { entityId: authority } = await root.change('POST /api/ldapauthorities', { ldapAuthority })
  const query = { ldapAuthority: authority, ldapFilter: '(uid=*)' }
  const team = (await root.change('POST /api/teams', { team: { name: 'core', ...query } })).entityId
  const revision = await server.head()
  await root.change(`PUT /api/teams/${team}`, { team: { name: 'core' } })
  await root.change(`DELETE /api/ldapauthorities/${authority}`)
  const { taskId } = await root.change('POST /api/enforcement/revert', { revert: { revision } })
  const { warnings } = (await root.get(`/api/task/${taskId}`)) as Fields & { warnings?: readonly Fields[] }
  assert.deepEqual(
    warnings?.map(({ code }) => code),
    ['revert.forgotten_directories'],
  )
  assert.match(warnings?.[0]?.['message'] ?? '', /core/)
})
