import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { test } from 'node:test'
import { statement } from '../../../platform/database/statement.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { apply, type Files, filesAtHead, publishedFiles, set } from '../../testing/batching.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { join, makeRepository, makeResource, makeRule, makeTeam, makeUser, permit } from '../../testing/model-steps.ts'
import { makeGround } from '../../testing/random-changes.ts'
import { readModel } from '../../testing/read-model.ts'
import { FORMATS } from '../../testing/wire-format.ts'

interface Site {
  readonly team: string
  readonly resource: string
  readonly rule: string
  readonly ann: string
  readonly bob: string
}

/** One file that names ann, and lets everybody else read. */
async function makeSite(root: ApiClient): Promise<Site> {
  await makeRepository(root, 'calc')
  const team = await makeTeam(root, 'core')
  const resource = await makeResource(root, { team, repository: 'calc' })
  const [ann, bob] = [await makeUser(root, 'ann'), await makeUser(root, 'bob')]
  await join(root, team, [ann, bob])
  const rule = await makeRule(root, {
    team,
    name: 'writers',
    members: [ann],
    permissions: [{ resource, type: 'READ_WRITE' }],
  })
  const all = { team, name: 'readers', audience: 'authenticated', permissions: [{ resource, type: 'READ' }] } as const
  await makeRule(root, all)
  return { team, resource, rule, ann, bob }
}

/** Two changes that wait: bob writes instead of ann. */
async function replaceAnn(root: ApiClient, { team, rule, ann, bob }: Site): Promise<string> {
  await root.change(`POST /api/teams/${team}/rules/${rule}/members`, { ids: { ids: [bob] } })
  return (await root.change(`POST /api/teams/${team}/rules/${rule}/members/delete`, { ids: { ids: [ann] } })).taskId
}

async function startBatched(): Promise<ModelServer & { readonly site: Site }> {
  const server = await startModelServer()
  const site = await makeSite(server.root)
  await server.published()
  await set(server.root, { batchedUpdates: true })
  return { ...server, site, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

test('what is enforced stays as it is until changes are applied, in files and in every list', async () => {
  await using server = await startBatched()
  const { root, site } = server
  const [lists, files] = [await readModel(root, ''), await publishedFiles(server)]
  const taskId = await replaceAnn(root, site)
  await root.change(`DELETE /api/teams/${await makeTeam(root, 'gone')}`)
  await root.change(`PUT /api/teams/${site.team}`, { team: { name: 'kernel' } })
  await permit(root, { ...site, permissions: [{ resource: site.resource, type: 'NONE', path: 'secret' }] })
  const pending = await readModel(root, '')
  assert.notDeepEqual(pending, lists)
  assert.deepEqual(await readModel(root, 'queryEnforced=true'), lists)
  assert.deepEqual(await publishedFiles(server), files)
  assert.equal((await root.get(`/api/task/${taskId}`))['enforced'], 'false')
  await apply(server)
  assert.deepEqual(await readModel(root, 'queryEnforced=true'), pending)
  assert.deepEqual(await publishedFiles(server), await filesAtHead(server))
  assert.notDeepEqual(await publishedFiles(server), files)
  assert.equal((await root.get(`/api/task/${taskId}`))['enforced'], 'true')
})

test('changes are applied up to any revision, and the files are those of just that revision', async () => {
  await using server = await startModelServer()
  const { root } = server
  const ground = await makeGround(root, 3)
  await set(root, { batchedUpdates: true })
  const wanted = new Map<number, Files>()
  for (let i = 0; i < 40; i++) {
    await ground.changeSomething()
    wanted.set(await server.head(), await filesAtHead(server))
  }
  const revisions = [...wanted.keys()]
  for (const [index, revision] of revisions.entries()) {
    // Some alone, some together with those before them.
    if (index % 3 === 1) continue
    const status = await apply(server, revision)
    assert.deepEqual(await publishedFiles(server), wanted.get(revision), `revision ${revision}`)
    assert.equal(status['enforcedRevision'], String(revision))
    assert.equal(status['targetRevision'], String(revision))
  }
  await apply(server)
  assert.deepEqual(await publishedFiles(server), await filesAtHead(server))
})

test('users and repositories are made at once, and nothing that waits is enforced with them', async () => {
  await using server = await startBatched()
  const { root, site } = server
  const first = await makeUser(root, 'carl')
  assert.equal((await root.get('/api/enforcement'))['waitingChanges'], '0')
  assert.equal((await root.get('/api/enforcement'))['enforcedRevision'], String(await server.head()))
  await replaceAnn(root, site)
  const files = await publishedFiles(server)
  const { taskId } = await root.change('POST /api/repositories', { repository: { name: 'new' } })
  await root.enforced(taskId)
  const { new: made, ...others } = await publishedFiles(server)
  assert.match(made ?? '', /^\[\/\]\n\* =$/m)
  assert.deepEqual(others, files)
  await join(root, site.team, [first])
  assert.equal((await root.get('/api/enforcement'))['waitingChanges'], '3')
  await apply(server)
  assert.deepEqual(await publishedFiles(server), await filesAtHead(server))
})

test('a disabled user is cut off at once, and let in again, while what waits goes on waiting', async () => {
  await using server = await startBatched()
  const { root, site } = server
  const files = await publishedFiles(server)
  await replaceAnn(root, site)
  const lists = await readModel(root, 'queryEnforced=true')
  const disabled = await root.change(`PUT /api/users/${site.ann}/disable`)
  await root.enforced(disabled.taskId)
  const [text] = Object.values(await publishedFiles(server))
  assert.match(text ?? '', /^ann =$/m)
  assert.doesNotMatch(text ?? '', /bob/)
  const enabled = await root.change(`PUT /api/users/${site.ann}/enable`)
  await root.enforced(enabled.taskId)
  assert.deepEqual(await publishedFiles(server), files)
  assert.deepEqual(await readModel(root, 'queryEnforced=true'), lists)
  assert.equal((await root.get('/api/enforcement'))['waitingChanges'], '2')
})

test('a disabled user is cut off where only a rule names them that is about to go', async () => {
  await using server = await startModelServer()
  const { root } = server
  await makeRepository(root, 'calc')
  const [team, ann] = [await makeTeam(root, 'core'), await makeUser(root, 'ann')]
  const resource = await makeResource(root, { team, repository: 'calc' })
  await join(root, team, [ann])
  const rule = await makeRule(root, { team, name: 'r', members: [ann], permissions: [{ resource, type: 'READ' }] })
  await set(root, { batchedUpdates: true })
  await root.change(`DELETE /api/teams/${team}/rules/${rule}`)
  assert.match((await publishedFiles(server))['calc'] ?? '', /^ann = r$/m)
  const { taskId } = await root.change(`PUT /api/users/${ann}/disable`)
  await root.enforced(taskId)
  assert.doesNotMatch((await publishedFiles(server))['calc'] ?? '', /ann/)
})

test('a user who is made disabled is kept out where a rule that is about to go lets everybody in', async () => {
  await using server = await startBatched()
  const { root, site } = server
  const { entries } = await root.list(`/api/teams/${site.team}/rules?searchKeyList=ruleName&searchValueList=readers`)
  await root.change(`DELETE /api/teams/${site.team}/rules/${entries[0]?.['id']}`)
  const { taskId } = await root.change('POST /api/users', { user: { username: 'mallory', enabled: false } })
  await root.enforced(taskId)
  assert.match((await publishedFiles(server))['calc'] ?? '', /^mallory =$/m)
})

test('a disabled organisation is shut at once, and opened again as it was, while what waits goes on waiting', async () => {
  await using server = await startModelServer()
  const json = { 'content-type': 'application/json' }
  const made = await server.root.sendText('POST /v1/admin/organisations/', '{"name": "second"}', json)
  const { organisation_id: id } = JSON.parse(made.text) as { organisation_id: number }
  const flags = ['allow_modify_teams', 'allow_modify_users', 'allow_modify_settings'] as const
  const admin = await server.signIn({ role: 'admin', organisation: id, flags })
  const site = await makeSite(admin)
  await set(admin, { batchedUpdates: true })
  const theirs = async () => {
    await server.published()
    return await readFile(joinPath(server.authzDir, 'calc.authz'), 'utf8')
  }
  const files = await theirs()
  await replaceAnn(admin, site)
  const url = `PUT /v1/admin/organisations/${id}/`
  await server.root.sendText(url, '{"enabled": false}', json)
  assert.doesNotMatch(await theirs(), /ann|bob|authenticated/)
  await server.root.sendText(url, '{"enabled": true}', json)
  assert.equal(await theirs(), files)
  assert.equal((await admin.get('/api/enforcement'))['waitingChanges'], '2')
})

test('where updates are no longer batched, nothing is left to wait', async () => {
  await using server = await startBatched()
  const { root, site } = server
  await replaceAnn(root, site)
  await set(root, { batchedUpdates: false })
  assert.deepEqual(await publishedFiles(server), await filesAtHead(server))
  const status = await root.get('/api/enforcement')
  assert.equal(status['enforcedRevision'], String(await server.head()))
  assert.equal(status['waitingChanges'], '0')
  const { taskId } = await root.change(`DELETE /api/teams/${site.team}/rules/${site.rule}`)
  await root.enforced(taskId)
  assert.deepEqual(await publishedFiles(server), await filesAtHead(server))
})

const LEFT = statement<{ left: number }>('test.touches-left', 'select count(*) as left from batched_touch')

test('proposals that wait for their turn go by the settings of their turn', async () => {
  await using server = await startBatched()
  const { root, site } = server
  const other = await server.signIn({ role: 'admin', flags: ['allow_modify_settings'] })
  for (let round = 0; round < 8; round++) {
    await set(root, { batchedUpdates: true })
    const permissions = [{ resource: site.resource, type: 'NONE', path: `p${round}` }] as const
    await Promise.all([
      permit(root, { ...site, permissions }),
      set(other, { batchedUpdates: false }),
      makeTeam(root, `team ${round}`),
    ])
    await server.published()
    assert.deepEqual(await publishedFiles(server), await filesAtHead(server), `round ${round}`)
    assert.deepEqual(await server.database.query(LEFT), [{ left: 0 }])
  }
})

for (const format of FORMATS) {
  test(`in ${format}: tells what waits, and applies it once`, async () => {
    await using server = await startBatched()
    const api = server.root.in(format)
    const before = await server.head()
    await replaceAnn(api, server.site)
    const status = await api.get('/api/enforcement')
    const { waitingSince, ...rest } = status
    assert.match(waitingSince ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    assert.deepEqual(rest, {
      pendingRevision: String(before + 2),
      targetRevision: String(before),
      enforcedRevision: String(before),
      batchedUpdates: 'true',
      waitingChanges: '2',
      waitingRepositories: '1',
    })
    const { total, entries } = await api.list('/api/enforcement/changes?sortAscending=false')
    assert.equal(total, 2)
    assert.deepEqual(
      entries.map(({ revision, type, summary }) => [revision, type, summary]),
      [
        [String(before + 2), 'rule.remove-members', 'rule writers: remove members'],
        [String(before + 1), 'rule.add-members', 'rule writers: add members'],
      ],
    )
    assert.equal((await api.list('/api/enforcement/changes?pageSize=1&pageNumber=2')).entries.length, 1)
    assert.equal(
      await api.problem(`POST /api/enforcement/apply`, { apply: { revision: before + 3 } }),
      '400 apply.beyond_head',
    )
    assert.equal(
      await api.problem(`POST /api/enforcement/apply`, { apply: { revision: before - 1 } }),
      '400 apply.applied',
    )
    const applied = await api.send('POST /api/enforcement/apply')
    assert.equal(applied.status, 202)
    assert.equal((applied.content as typeof status)['targetRevision'], String(before + 2))
    await server.published()
    const again = await api.send('POST /api/enforcement/apply')
    assert.equal((again.content as typeof status)['enforcedRevision'], String(before + 2))
    assert.equal((await api.list('/api/enforcement/changes')).total, 0)
    assert.deepEqual(await server.database.query(APPLIED), [{ details: { from: before, to: before + 2 } }])
  })
}

const APPLIED = statement<{ details: object }>(
  'test.list-applications',
  "select details from audit_record where action = 'model.apply' order by id",
)

test('what waits is applied when the schedule says so, and not before', async () => {
  await using server = await startBatched()
  const { root, site } = server
  await set(root, { enforcementSchedule: '30 2 * * *' })
  await replaceAnn(root, site)
  const files = await publishedFiles(server)
  const { nextEnforcementAt = '' } = await root.get('/api/enforcement')
  const due = new Date(nextEnforcementAt)
  assert.match(nextEnforcementAt, /T02:30:00\.000Z$/)
  await server.runSchedules(new Date(due.getTime() - 1))
  assert.deepEqual(await publishedFiles(server), files)
  await Promise.all([server.runSchedules(due), server.runSchedules(due)])
  assert.deepEqual(await publishedFiles(server), await filesAtHead(server))
  const status = await root.get('/api/enforcement')
  assert.equal(status['nextEnforcementAt'], new Date(due.getTime() + 24 * 3_600_000).toISOString())
  assert.deepEqual(await server.database.query(APPLIED_BY), [{ name: 'portreeve', via: 'system' }])
})

const APPLIED_BY = statement<{ name: string; via: string }>(
  'test.list-appliers',
  "select actor_name as name, via from audit_record where action = 'model.apply'",
)

test('an organisation whose scheduled changes cannot be applied keeps no other waiting', async () => {
  await using server = await startBatched()
  const { root, site, database } = server
  await database.query(ADD_ORGANISATION)
  const elsewhere = '?organisation=2'
  const settings = { batchedUpdates: true, enforcementSchedule: '30 2 * * *' }
  assert.equal((await root.send(`PUT /api/settings${elsewhere}`, { settings })).status, 200)
  assert.equal((await root.send(`POST /api/teams${elsewhere}`, { team: { name: 'others' } })).status, 202)
  await set(root, { enforcementSchedule: '30 2 * * *' })
  await replaceAnn(root, site)
  await database.query(BREAK_FIRST)
  const { nextEnforcementAt = '' } = await root.get('/api/enforcement')
  await assert.rejects(server.runSchedules(new Date(nextEnforcementAt)), AggregateError)
  assert.equal((await root.get(`/api/enforcement${elsewhere}`))['waitingChanges'], '0')
  assert.notEqual((await root.get('/api/enforcement'))['waitingChanges'], '0')
})

const ADD_ORGANISATION = statement(
  'test.add-organisation-to-apply',
  "insert into organisation (name) values ('second')",
)
const BREAK_FIRST = statement(
  'test.break-applying',
  "alter table audit_record add check (action <> 'model.apply' or organisation_id <> 1)",
)

test('only who may change teams applies, and who may see users looks', async () => {
  await using server = await startBatched()
  const looker = await server.signIn({ role: 'admin', flags: ['allow_view_users'] })
  const user = await server.signIn()
  for (const url of ['/api/enforcement', '/api/enforcement/changes']) {
    assert.equal((await looker.send(`GET ${url}`)).status, 200)
    assert.equal(await user.problem(`GET ${url}`), '403 access.flag_missing')
    assert.equal((await server.anonymous.send(`GET ${url}`)).status, 401)
  }
  for (const act of ['apply', 'revert']) {
    const body = { [act]: { revision: 0 } }
    assert.equal(await looker.problem(`POST /api/enforcement/${act}`, body), '403 access.flag_missing')
    assert.equal((await server.anonymous.send(`POST /api/enforcement/${act}`, body)).status, 401)
  }
})
