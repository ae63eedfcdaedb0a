import assert from 'node:assert/strict'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { test } from 'node:test'
import type { ApiClient } from '../../testing/api-client.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser, permit } from '../../testing/model-steps.ts'

interface Site {
  readonly repository: string
  readonly team: string
  readonly resource: string
  readonly user: string
}

/** A repository with a team that may hand out all of it, and a user in the team. */
async function makeSite(root: ApiClient, name: string): Promise<Site> {
  const repository = await makeRepository(root, name)
  const team = await makeTeam(root, `team of ${name}`)
  const resource = await makeResource(root, { team, repository: name })
  const user = await makeUser(root, `user of ${name}`)
  await join(root, team, [user])
  return { repository, team, resource, user }
}

/** Lets the site's user read all of it; waits until that is enforced. */
async function letRead(root: ApiClient, { team, resource, user }: Site): Promise<string> {
  const rule = await makeRule(root, { team, name: 'readers', members: [user] })
  await root.enforced(await permit(root, { team, rule, permissions: [{ resource, type: 'READ' }] }))
  return rule
}

function published(server: ModelServer, name: string): Promise<string> {
  return readFile(joinPath(server.authzDir, `${name}.authz`), 'utf8')
}

test('publishes a file that denies everything as soon as a repository is known', async () => {
  await using server = await startModelServer()
  const { taskId } = await server.root.change('POST /api/repositories', { repository: { name: 'new' } })
  await server.root.enforced(taskId)
  assert.match(await published(server, 'new'), /^\[\/\]\n\* =$/m)
})

test('writes the files of touched repositories alone, and leaves no other file beside them', async () => {
  await using server = await startModelServer()
  const { root } = server
  const [one, two] = [await makeSite(root, 'one'), await makeSite(root, 'two')]
  await letRead(root, two)
  const before = await stat(joinPath(server.authzDir, 'two.authz'))
  await letRead(root, one)
  assert.match(await published(server, 'one'), /user of one = r/)
  const after = await stat(joinPath(server.authzDir, 'two.authz'))
  assert.equal(after.ino, before.ino)
  assert.deepEqual((await readdir(server.authzDir)).toSorted(), ['one.authz', 'two.authz'])
})

test('holds the ETag of a file while its text is the same, through changes that do not matter to it', async () => {
  await using server = await startModelServer()
  const { root } = server
  const site = await makeSite(root, 'one')
  const rule = await letRead(root, site)
  const get = (headers = {}) =>
    root.send(`GET /api/repositories/${site.repository}/authz`, undefined, { accept: 'text/plain', ...headers })
  const first = await get()
  assert.equal(first.text, await published(server, 'one'))
  const again = { resource: site.resource, type: 'READ' as const, path: 'below' }
  await root.enforced(await permit(root, { team: site.team, rule, permissions: [again] }))
  const etag = first.headers.get('etag') ?? ''
  assert.equal((await get({ 'if-none-match': etag })).status, 304)
  const denied = { ...again, type: 'NONE' as const, path: 'secret' }
  await root.enforced(await permit(root, { team: site.team, rule, permissions: [denied] }))
  const changed = await get({ 'if-none-match': etag })
  assert.equal(changed.status, 200)
  assert.match(changed.text, /\[\/secret\]/)
})

test('replaces a file that a failed round left behind, although its text is to be what was published before', async () => {
  await using server = await startModelServer()
  const { root } = server
  const site = await makeSite(root, 'one')
  const rule = await letRead(root, site)
  const text = await published(server, 'one')
  await writeFile(joinPath(server.authzDir, 'one.authz'), '[/]\n* = rw\n')
  const again = { resource: site.resource, type: 'READ' as const, path: 'below' }
  await root.enforced(await permit(root, { team: site.team, rule, permissions: [again] }))
  assert.equal(await published(server, 'one'), text)
})

test('keeps a disabled user out where everyone else may read', async () => {
  await using server = await startModelServer()
  const { root } = server
  const { team, resource } = await makeSite(root, 'one')
  const rule = await makeRule(root, { team, name: 'all', audience: 'everyone' })
  await permit(root, { team, rule, permissions: [{ resource, type: 'READ' }] })
  const { taskId } = await root.in('xml').change('POST /api/users', { user: { username: 'gone', enabled: 'false' } })
  await root.enforced(taskId)
  assert.match(await published(server, 'one'), /^gone =$/m)
})

test('lets nobody into the files of a disabled organisation, and everybody back when it is enabled', async () => {
  await using server = await startModelServer()
  const { root } = server
  const made = await root.sendText('POST /v1/admin/organisations/', '{"name": "second"}', {
    'content-type': 'application/json',
  })
  const { organisation_id: id } = JSON.parse(made.text) as { organisation_id: number }
  const admin = await server.signIn({
    role: 'admin',
    organisation: id,
    flags: ['allow_modify_teams', 'allow_modify_users'],
  })
  await letRead(admin, await makeSite(admin, 'theirs'))
  const granted = await published(server, 'theirs')
  const enable = (enabled: boolean) =>
    root.sendText(`PUT /v1/admin/organisations/${id}/`, JSON.stringify({ enabled }), {
      'content-type': 'application/json',
    })
  assert.equal((await enable(false)).status, 200)
  await server.published()
  assert.doesNotMatch(await published(server, 'theirs'), /user of theirs/)
  assert.equal((await enable(true)).status, 200)
  await server.published()
  assert.equal(await published(server, 'theirs'), granted)
})

test('writes files again that were lost or changed, and those alone', async () => {
  await using server = await startModelServer()
  const { root } = server
  for (const name of ['lost', 'changed', 'whole']) await letRead(root, await makeSite(root, name))
  const texts = await Promise.all(['lost', 'changed', 'whole'].map((name) => published(server, name)))
  const untouched = await stat(joinPath(server.authzDir, 'whole.authz'))
  await rm(joinPath(server.authzDir, 'lost.authz'))
  await writeFile(joinPath(server.authzDir, 'changed.authz'), '[/]\n* = rw\n')
  await server.restore()
  const restored = await Promise.all(['lost', 'changed', 'whole'].map((name) => published(server, name)))
  assert.deepEqual(restored, texts)
  assert.equal((await stat(joinPath(server.authzDir, 'whole.authz'))).ino, untouched.ino)
})
