import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type AccessScene, startAccessScene } from '../../testing/access-scene.ts'
import { check, checkAll, enforced, makePlace, type Place } from '../../testing/access-steps.ts'
import { ApiClient } from '../../testing/api-client.ts'
import { appoint, makeRepository, makeTeam } from '../../testing/model-steps.ts'
import { FORMATS } from '../../testing/wire-format.ts'

const CHECK = 'POST /api/access/check'

describe('checks', () => {
  let scene: AccessScene
  let place: Place
  before(async () => {
    scene = await startAccessScene()
    place = await makePlace(scene.root, 'calc')
  })
  after(() => scene[Symbol.asyncDispose]())

  for (const format of FORMATS) {
    test(`in ${format}: a check is answered with every link of its reasons`, async () => {
      const { ann, rule, team } = place
      const decided = await check(scene.root.in(format), place.annReads)
      assert.equal(decided.allowed, true)
      assert.deepEqual(decided.chain.map(({ link, outcome, id, path }) => [link, outcome, id, path]).slice(0, -1), [
        ['organisation', 'allows', '1', undefined],
        ['user', 'allows', ann, undefined],
        ['connector', 'does_not_apply', undefined, undefined],
        ['client', 'does_not_apply', undefined, undefined],
        ['team', 'allows', team, undefined],
        ['rule', 'allows', rule, undefined],
      ])
      const last = decided.chain.at(-1)
      assert.deepEqual([last?.['link'], last?.['outcome'], last?.['path']], ['permission', 'allows', '/trunk'])
      assert.ok(decided.chain.every(({ because, change }) => because !== '' && change === undefined))
    })

    test(`in ${format}: a refusal says what would change it`, async () => {
      const decided = await check(scene.root.in(format), { ...place.annReads, permission: 'READ_WRITE' })
      assert.equal(decided.ending, 'permission refuses')
      assert.match(
        String(decided.chain.at(-1)?.['change']),
        /^Give the rule calc rule READ_WRITE at \/trunk, or add calc-ann to a rule/,
      )
    })

    test(`in ${format}: many checks are answered in their order`, async () => {
      const { annReads, bob } = place
      const checks = [annReads, { ...annReads, user: bob }, { ...annReads, path: '/' }, annReads]
      assert.deepEqual(await checkAll(scene.root.in(format), checks), [true, false, false, true])
    })

    for (const [because, body, problem] of [
      ['nobody to ask about', { repository: 'calc' }, '400 access_ask.one_subject'],
      ['nothing to ask about', { username: 'calc-ann' }, '400 access_ask.one_target'],
      ['a path that is none', { username: 'calc-ann', repository: 'calc', path: '/a/../b' }, '400 access_ask.bad_path'],
      [
        'a permission that is none',
        { username: 'calc-ann', repository: 'calc', permission: 'NONE' },
        '400 request.invalid',
      ],
      ['a field that is none', { username: 'calc-ann', repository: 'calc', colour: 'red' }, '400 request.invalid'],
      ['a state that is none', { username: 'calc-ann', repository: 'calc', state: 'past' }, '400 request.invalid'],
      ['an unknown user', { user: randomUUID(), repository: 'calc' }, '404 access_ask.unknown_user'],
      ['an unknown username', { username: 'nope', repository: 'calc' }, '404 access_ask.unknown_user'],
      ['an unknown repository', { username: 'calc-ann', repository: 'nope' }, '404 access_ask.unknown_repository'],
      ['an unknown data source', { username: 'calc-ann', dataSource: 999 }, '404 access_ask.unknown_data_source'],
    ] as const) {
      test(`in ${format}: refuses ${because}`, async () => {
        assert.equal(await scene.root.in(format).problem(CHECK, { check: body }), problem)
      })
    }

    test(`in ${format}: refuses whoever is not signed in`, async () => {
      assert.match(await scene.anonymous.in(format).problem(CHECK, { check: place.annReads }), /^401/)
    })
  }

  test('refuses no checks at all, and more than 1,000', async () => {
    assert.equal(await scene.root.problem(CHECK, { check: { checks: [] } }), '400 request.invalid')
    const checks = Array.from({ length: 1001 }, () => place.annReads)
    assert.equal(await scene.root.problem(CHECK, { check: { checks } }), '400 request.invalid')
    assert.equal((await checkAll(scene.root, checks.slice(1))).length, 1000)
  })

  test('names the check of many that is no good', async () => {
    const reply = await scene.root.send(CHECK, { check: { checks: [place.annReads, { repository: 'calc' }] } })
    assert.equal(reply.status, 400)
    assert.match(reply.text, /checks\[1\]\.user/)
    const unknown = { ...place.annReads, repository: 'nope' }
    const { text } = await scene.root.send(CHECK, { check: { checks: [place.annReads, place.annReads, unknown] } })
    assert.match(text, /checks\[2\]\.repository/)
    const ann = apiOf(await scene.tokenOf(place.ann))
    const [others, pending] = await Promise.all([
      ann.send(CHECK, { check: { checks: [place.annReads, { ...place.annReads, user: place.bob }] } }),
      ann.send(CHECK, { check: { checks: [place.annReads], state: 'pending' } }),
    ])
    assert.match(others.text, /checks\[1\]\.user/)
    assert.match(pending.text, /checks\[0\]\.state/)
  })

  test('a user whose name looks like the id of another is not taken for them', async () => {
    const { id } = await scene.addCaller({ username: place.ann })
    await makeTeam(scene.root, 'moves the head')
    await enforced(scene.root)
    const { allowed, chain } = await check(scene.root, { username: place.ann, repository: 'calc', path: '/trunk' })
    assert.deepEqual([allowed, chain.find(({ link }) => link === 'user')?.['id']], [false, id])
    assert.equal((await check(scene.root, place.annReads)).allowed, true)
  })

  describe('whoever asks', () => {
    test('is told about themself, in the names of the rules that name them', async () => {
      const token = await scene.tokenOf(place.ann)
      const ann = apiOf(token)
      const decided = await check(ann, place.annReads)
      assert.equal(decided.allowed, true)
      assert.equal(decided.chain.find(({ link }) => link === 'rule')?.['name'], 'calc rule')
      assert.equal((await check(ann, { token, repository: 'calc', path: '/trunk' })).allowed, true)
    })

    test('learns nothing of rules that do not name them', async () => {
      const { root } = scene
      const { team, resource } = place
      const rule = (
        await root.change(`POST /api/teams/${team}/rules`, { rule: { ruleName: 'all', audience: 'everyone' } })
      ).entityId
      await root.change(`POST /api/teams/${team}/rules/${rule}/resourcepermissions`, {
        dtolist: { DTOs: [{ ownerResource: resource, permissionType: 'READ', path: 'open' }] },
      })
      await enforced(root)
      const bob = apiOf(await scene.tokenOf(place.bob))
      const decided = await check(bob, { user: place.bob, repository: 'calc', path: '/open' })
      assert.equal(decided.allowed, true)
      const said = JSON.stringify(decided.chain)
      assert.ok(!said.includes(rule) && !said.includes(team) && !said.includes('calc team'), said)
    })

    test('hears the same of others whether there are such or not', async () => {
      const bob = apiOf(await scene.tokenOf(place.bob))
      const annsToken = await scene.tokenOf(place.ann)
      const questions = [
        place.annReads,
        { username: 'calc-ann', repository: 'calc' },
        { username: 'nope', repository: 'calc' },
        { user: randomUUID(), repository: 'nope' },
        { token: annsToken, repository: 'calc' },
        { token: 'ptr_nobody', repository: 'calc' },
      ]
      const answers = await Promise.all(questions.map((body) => bob.send(CHECK, { check: body })))
      const said = answers.map(({ status, content }) => {
        const { code, message } = content as Record<string, string>
        return `${status} ${code} ${message}`
      })
      assert.equal(new Set(said).size, 1, said.join('\n'))
      assert.match(said[0] ?? '', /^403 access_ask\.not_yours/)
    })

    test('hears the same of repositories that there are not and that no rule lets them reach', async () => {
      await makeRepository(scene.root, 'hidden')
      const bob = apiOf(await scene.tokenOf(place.bob))
      const ask = async (repository: string) => {
        const { chain } = await check(bob, { user: place.bob, repository })
        return JSON.stringify(chain).replaceAll(repository, '')
      }
      assert.equal(await ask('hidden'), await ask('missing'))
    })

    test('needs to see the model to ask what is pending', async () => {
      const bob = apiOf(await scene.tokenOf(place.bob))
      const body = { check: { user: place.bob, repository: 'calc', state: 'pending' } }
      assert.equal(await bob.problem(CHECK, body), '403 access_ask.pending_not_yours')
      assert.equal((await check(scene.root, { ...place.annReads, state: 'pending' })).allowed, true)
    })

    test('as a leader is told of what the team has, in the names of teams that they lead', async () => {
      const { root } = scene
      const led = await makeTeam(root, 'led', place.team)
      await root.change(`POST /api/teams/${led}/resources`, {
        resource: { repositoryName: 'calc', path: '/trunk/led' },
      })
      await appoint(root, { team: led, user: place.bob, flags: ['manageRules'] })
      const bob = apiOf(await scene.tokenOf(place.bob))
      const decided = await check(bob, { ...place.annReads, path: '/trunk/led/x' })
      assert.equal(decided.allowed, true)
      assert.doesNotMatch(JSON.stringify(decided.chain), /calc (team|rule)/)
      assert.equal(
        await bob.problem(CHECK, { check: { ...place.annReads, path: '/trunk/ledger' } }),
        '403 access_ask.not_yours',
      )
      assert.equal(
        await bob.problem(CHECK, {
          check: { ...place.annReads, path: '/trunk/led', username: 'nope', user: undefined },
        }),
        '404 access_ask.unknown_user',
      )
    })

    test('is nobody in another organisation', async () => {
      const organisation = await scene.addOrganisation('two')
      const flags = ['allow_view_users', 'allow_modify_teams'] as const
      const eve = await scene.addCaller({ role: 'admin', flags, organisation })
      assert.equal(await eve.api.problem(CHECK, { check: place.annReads }), '404 access_ask.unknown_user')
      assert.equal(
        await eve.api.problem(CHECK, { check: { user: eve.id, repository: 'calc' } }),
        '404 access_ask.unknown_repository',
      )
      const annsToken = await scene.tokenOf(place.ann)
      assert.equal(
        await eve.api.problem(`${CHECK}?organisation=1`, { check: place.annReads }),
        '403 organisation.other',
      )
      await makeRepositoryOf(organisation)
      assert.equal((await check(eve.api, { token: annsToken, repository: 'evil' })).ending, 'token refuses')
    })
  })

  function apiOf(token: string) {
    return new ApiClient({ url: scene.url, token })
  }

  async function makeRepositoryOf(organisation: number) {
    await scene.root.change(`POST /api/repositories?organisation=${organisation}`, { repository: { name: 'evil' } })
  }
})
