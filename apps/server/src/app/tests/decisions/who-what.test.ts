import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type AccessScene, startAccessScene } from '../../testing/access-scene.ts'
import { check, checkAll, enforced, makePlace, type Place } from '../../testing/access-steps.ts'
import { ApiClient, type Fields } from '../../testing/api-client.ts'
import { appoint, join, makeTeam, makeUser } from '../../testing/model-steps.ts'
import { makeGround } from '../../testing/random-changes.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const PATHS = ['/', '/a', '/a/b', '/a/b/c', '/d/e']
const WHO = '/api/access/who?repository=calc&path=/trunk/src'
/** What a spreadsheet would run. */
const FORMULA = "=cmd|' /C calc'!A0"

describe('who reaches what', () => {
  let scene: AccessScene
  let place: Place
  before(async () => {
    scene = await startAccessScene()
    const { root } = scene
    place = await makePlace(root, 'calc')
    const evil = await makeUser(root, FORMULA)
    await join(root, place.team, [evil])
    await root.change(`POST /api/teams/${place.team}/rules/${place.rule}/members`, { ids: { ids: [evil] } })
    await enforced(root)
  })
  after(() => scene[Symbol.asyncDispose]())

  const apiOf = async (user: string) => new ApiClient({ url: scene.url, token: await scene.tokenOf(user) })
  const csvOf = async (api: ApiClient, path: string) => {
    const reply = await api.send(`GET ${path}`, undefined, { accept: 'text/csv' })
    assert.equal(reply.status, 200, reply.text)
    assert.equal(reply.headers.get('content-type'), 'text/csv; charset=utf-8')
    return reply.text.trimEnd().split('\r\n')
  }
  const reasonOf = ({ permission, because, audience, decidedAt, ruleName, teamName }: Fields) => [
    permission,
    because,
    audience,
    decidedAt,
    ruleName,
    teamName,
  ]
  const BY_RULE = ['READ', 'rule', 'members', '/trunk', 'calc rule', 'calc team']

  test('they say what checks say, for every user, path and permission of a random model', async () => {
    const { root } = scene
    const ground = await makeGround(root, 31)
    for (let n = 0; n < 50; n++) await ground.changeSomething()
    await enforced(root)
    for (const repository of ground.repositories) {
      for (const path of PATHS) {
        for (const permission of ['READ', 'READ_WRITE']) {
          const query = new URLSearchParams({ repository, path, permission, pageSize: '1000' })
          const { entries } = await root.list(`/api/access/who?${query}`)
          const named = entries.map(({ username }) => username)
          const checks = ground.usernames.map((username) => ({ username, repository, path, permission }))
          const allowed = await checkAll(root, checks)
          assert.deepEqual(
            ground.usernames.map((username) => named.includes(username)),
            allowed,
            `${permission} of ${repository}:${path}`,
          )
          assert.deepEqual(named, named.toSorted(), 'by username')
        }
      }
    }
    for (const username of ground.usernames) await assertWhat(username)
  })

  /** What is listed is what checks say there; and below, where nothing else is listed, it is the same. */
  async function assertWhat(username: string): Promise<void> {
    const { entries } = await scene.root.list(`/api/access/what?${new URLSearchParams({ username, pageSize: '1000' })}`)
    const checks = entries.flatMap(({ repositoryName: repository, path }) =>
      [path, `${path === '/' ? '' : path}/unheard-of`].map((at) => ({ username, repository, path: at })),
    )
    if (checks.length === 0) return
    const reads = await checkAll(scene.root, checks)
    const writes = await checkAll(
      scene.root,
      checks.map((each) => ({ ...each, permission: 'READ_WRITE' })),
    )
    for (const [n, { permission, path }] of entries.entries()) {
      for (const at of [2 * n, 2 * n + 1]) {
        const said = [reads[at], writes[at]]
        assert.deepEqual(said, [permission !== 'NONE', permission === 'READ_WRITE'], `${username} at ${path}`)
      }
    }
  }

  for (const format of FORMATS) {
    test(`in ${format}: who reaches a path is listed with the reason, a page at a time`, async () => {
      const api = scene.root.in(format)
      const first = await api.get(`${WHO}&pageSize=1`)
      assert.deepEqual(
        [first['pageNumber'], first['pageSize'], first['totalResults'], first['totalPages'], first['anonymous']],
        ['1', '1', '2', '2', 'false'],
      )
      const [one] = (await api.list(`${WHO}&pageSize=1`)).entries
      const [two] = (await api.list(`${WHO}&pageSize=1&pageNumber=2`)).entries
      assert.deepEqual([one?.['username'], two?.['username'], two?.['userId']], [FORMULA, 'calc-ann', place.ann])
      assert.deepEqual(two && reasonOf(two), BY_RULE)
      assert.deepEqual((await api.list(`${WHO}&pageNumber=3`)).entries, [])
      assert.deepEqual((await api.list(`${WHO}&permission=READ_WRITE`)).entries, [])
    })

    test(`in ${format}: what a user reaches is listed with the reason`, async () => {
      const { entries } = await scene.root.in(format).list(`/api/access/what?user=${place.ann}`)
      assert.deepEqual(
        entries.map((entry) => [entry['repositoryName'], entry['path'], ...reasonOf(entry)]),
        [['calc', '/trunk', ...BY_RULE]],
      )
    })

    for (const [path, problem] of [
      ['who', '400 access_ask.one_target'],
      ['who?repository=calc&dataSource=1', '400 access_ask.one_target'],
      ['who?repository=calc&path=trunk', '400 access_ask.bad_path'],
      ['who?repository=calc&permission=NONE', '400 request.invalid'],
      ['who?repository=calc&pageSize=1001', '400 request.invalid'],
      ['who?repository=nope', '404 access_ask.unknown_repository'],
      ['who?dataSource=999', '404 access_ask.unknown_data_source'],
      ['what?user=nope', '400 request.invalid'],
      [`what?user=${randomUUID()}`, '404 access_ask.unknown_user'],
      [`what?user=${randomUUID()}&username=x`, '400 access_ask.one_user'],
      ['what?username=nope', '404 access_ask.unknown_user'],
    ]) {
      test(`in ${format}: ${path} is refused with ${problem}`, async () => {
        assert.equal(await scene.root.in(format).problem(`GET /api/access/${path}`), problem)
      })
    }

    test(`in ${format}: whoever is not signed in is refused`, async () => {
      for (const path of [WHO, '/api/access/what']) {
        assert.match(await scene.anonymous.in(format).problem(`GET ${path}`), /^401/)
      }
    })
  }

  test('as CSV there are all of them, whatever the page, and nothing that a spreadsheet runs', async () => {
    const [head, ...lines] = await csvOf(scene.root, `${WHO}&pageSize=1&pageNumber=2`)
    assert.match(head ?? '', /^userId,username,permission,because,audience,decidedAt,ruleId/)
    assert.equal(lines.length, 2)
    assert.ok(lines[0]?.includes(`,'${FORMULA},READ,rule,members,/trunk,`))
    const what = await csvOf(scene.root, `/api/access/what?user=${place.ann}`)
    assert.match(what[1] ?? '', /^calc,,\/trunk,READ,rule,members,\/trunk,/)
  })

  test('everybody is told about themself, and of others only who may view users', async () => {
    const ann = await apiOf(place.ann)
    assert.deepEqual((await ann.list('/api/access/what')).entries.map(reasonOf), [BY_RULE])
    assert.equal((await ann.list('/api/access/what?username=calc-ann')).total, 1)
    const refused = '403 access_ask.not_yours'
    assert.equal(await ann.problem(`GET /api/access/what?user=${place.bob}`), refused)
    assert.equal(await ann.problem(`GET /api/access/what?user=${randomUUID()}`), refused)
    assert.equal(await ann.problem(`GET ${WHO}`), refused)
    assert.equal(await ann.problem('GET /api/access/who?repository=nope'), refused)
    assert.equal(await ann.problem('GET /api/access/what?state=pending'), '403 access_ask.pending_not_yours')
  })

  test('leaders are told of what their teams have, and of no more', async () => {
    const { root } = scene
    const led = await makeTeam(root, 'led', place.team)
    const stranger = await makeUser(root, 'stranger')
    await root.change(`POST /api/teams/${led}/resources`, { resource: { repositoryName: 'calc', path: '/trunk/led' } })
    await appoint(root, { team: led, user: place.bob, flags: ['manageRules'] })
    const bob = await apiOf(place.bob)
    const { entries } = await bob.list('/api/access/who?repository=calc&path=/trunk/led')
    assert.deepEqual(
      entries.map(({ username, ruleName, teamName }) => [username, ruleName, teamName]),
      [
        [FORMULA, undefined, undefined],
        ['calc-ann', undefined, undefined],
      ],
    )
    assert.equal(await bob.problem(`GET ${WHO}`), '403 access_ask.not_yours')
    const what = await bob.list(`/api/access/what?user=${place.ann}`)
    assert.deepEqual(
      what.entries.map(({ path, permission, decidedAt, ruleName }) => [path, permission, decidedAt, ruleName]),
      [['/trunk/led', 'READ', '/trunk', undefined]],
      'from above it, as checks there say',
    )
    assert.deepEqual((await bob.list(`/api/access/what?user=${stranger}`)).entries, [])
  })

  test('of another organisation nobody is told anything', async () => {
    const organisation = await scene.addOrganisation('two')
    const eve = await scene.addCaller({ role: 'admin', flags: ['allow_view_users'], organisation })
    assert.equal(await eve.api.problem(`GET ${WHO}`), '404 access_ask.unknown_repository')
    assert.equal(await eve.api.problem(`GET /api/access/what?user=${place.ann}`), '404 access_ask.unknown_user')
    assert.equal(await eve.api.problem(`GET ${WHO}&organisation=1`), '403 organisation.other')
  })

  test('a revision that is enforced already is not waited for, and one that nobody made is a conflict', async () => {
    const { revision } = await scene.root.get(`${WHO}`)
    assert.equal((await scene.root.list(`${WHO}&atLeastRevision=${revision}`)).total, 2)
    const problem = await scene.root.problem(`GET ${WHO}&atLeastRevision=${Number(revision) + 1000}`)
    assert.equal(problem, '409 access_model.not_reached')
  })

  test('what holds beside the model is looked up after the wait: by then it may hold no more', async () => {
    const { root } = scene
    const client = await scene.addClient()
    await scene.permit(client, true)
    assert.equal((await check(root, { ...place.annReads, client })).ending, 'permission allows')
    const { revision } = await root.get(WHO)
    const asked = check(root, { ...place.annReads, client, atLeastRevision: Number(revision) + 1 })
    // One answer that was asked for later is there: the check waits by now.
    await root.get(WHO)
    await scene.permit(client, false)
    await makeTeam(root, 'moves the revision on')
    assert.equal((await asked).ending, 'client refuses')
  })

  test('a client reads its own writes by the revision of its task', async () => {
    const { root } = scene
    const member = await makeUser(root, 'late')
    await join(root, place.team, [member])
    const url = `/api/teams/${place.team}/rules/${place.rule}/members`
    const { taskId } = await root.change(`POST ${url}`, { ids: { ids: [member] } })
    const { revision } = await root.get(`/api/task/${taskId}`)
    const { entries } = await root.list(`${WHO}&atLeastRevision=${revision}`)
    assert.ok(entries.some(({ userId }) => userId === member))
  })
})
