import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type AccessScene, type Connector, startAccessScene } from '../../testing/access-scene.ts'
import { check, checkAll, enforced, makePlace, type Place } from '../../testing/access-steps.ts'
import { ApiClient } from '../../testing/api-client.ts'
import { FORMATS } from '../../testing/wire-format.ts'

/** What ann can show, and what each of these is issued to. */
interface Tokens {
  readonly client: string
  readonly connector: Connector
  readonly personal: string
  readonly ofConnector: string
  readonly ofApp: string
}

type Shown = 'personal' | 'ofConnector' | 'ofApp'
const SHOWN: readonly Shown[] = ['personal', 'ofConnector', 'ofApp']

describe('the chain before the rules', () => {
  let scene: AccessScene
  let place: Place
  let tokens: Tokens
  before(async () => {
    scene = await startAccessScene()
    place = await makePlace(scene.root, 'calc')
    const client = await scene.addClient()
    const connector = await scene.addConnector(place.ann, client)
    await scene.permit(client, true)
    tokens = {
      client,
      connector,
      personal: await scene.tokenOf(place.ann),
      ofConnector: await scene.tokenOfConnector(connector.id),
      ofApp: await scene.tokenOfApp(place.ann, client),
    }
  })
  after(() => scene[Symbol.asyncDispose]())

  const byToken = (token: string) => ({ token, repository: place.repository, path: '/trunk' })

  /** What becomes of a token at the door, and of a check of it; `in` where both let it in. */
  async function outcomes(asking: ApiClient = scene.root): Promise<readonly string[]> {
    const checked = await checkAll(
      asking,
      SHOWN.map((shown) => byToken(tokens[shown])),
    )
    const doors = await Promise.all(SHOWN.map((shown) => isLetIn(tokens[shown])))
    assert.deepEqual(checked, doors, 'a check says what the door does')
    return checked.map((allowed) => (allowed ? 'in' : 'out'))
  }

  async function isLetIn(token: string): Promise<boolean> {
    const { status } = await new ApiClient({ url: scene.url, token }).send('GET /api/tokens')
    assert.ok([200, 401, 403].includes(status), `${status}`)
    return status === 200
  }

  test('of tokens it says what the door does with them, whatever is switched off', async () => {
    const { root } = scene
    const { client, connector } = tokens
    assert.deepEqual(await outcomes(), ['in', 'in', 'in'])
    await scene.permit(client, false)
    assert.deepEqual(await outcomes(), ['in', 'out', 'out'])
    await scene.permit(client, true)
    await scene.switch('client', client, false)
    assert.deepEqual(await outcomes(), ['in', 'out', 'out'])
    await scene.switch('client', client, true)
    for (const state of ['Pending', 'Disabled', 'Wipe', 'Wiped']) {
      await scene.switch('connector', connector.id, state)
      assert.deepEqual(await outcomes(), ['in', 'out', 'in'], state)
    }
    await scene.switch('connector', connector.id, 'Enabled')
    await root.change(`PUT /api/users/${place.ann}/disable`)
    assert.deepEqual(await outcomes(), ['out', 'out', 'out'])
    await root.change(`PUT /api/users/${place.ann}/enable`)
    assert.deepEqual(await outcomes(), ['in', 'in', 'in'])
  })

  test('a token that has ended is no good', async () => {
    const ended = await scene.tokenOf(place.ann, new Date(Date.now() - 1000))
    const decided = await check(scene.root, byToken(ended))
    assert.equal(decided.ending, 'token refuses')
    assert.equal(await isLetIn(ended), false)
  })

  for (const format of FORMATS) {
    test(`in ${format}: the first link that refuses is named`, async () => {
      const api = scene.root.in(format)
      const { client, connector } = tokens
      const stranger = await scene.addClient()
      const ofBob = await scene.addConnector(place.bob, client)
      const ending = async (fields: object) => (await check(api, { ...place.annReads, ...fields })).ending
      assert.equal(await ending({ client }), 'permission allows')
      assert.equal(await ending({ connector: connector.id }), 'permission allows')
      assert.equal(await ending({ connector: connector.id, client }), 'permission allows')
      assert.equal(await ending({ client: stranger }), 'client refuses')
      assert.equal(await ending({ client: 'nope' }), 'client refuses')
      assert.equal(await ending({ connector: connector.id, client: stranger }), 'connector refuses')
      assert.equal(await ending({ connector: ofBob.id }), 'connector refuses')
      assert.equal(await ending({ connector: 999_999 }), 'connector refuses')
      assert.equal((await check(api, byToken('ptr_nobody'))).ending, 'token refuses')
      assert.equal(
        await api.problem('POST /api/access/check', { check: { ...byToken('ptr_x'), client } }),
        '400 access_ask.token_alone',
      )
    })
  }

  test('a connector of another user is not told from one that there is not', async () => {
    const ofBob = await scene.addConnector(place.bob, tokens.client)
    const said = async (connector: number) => {
      const { chain } = await check(scene.root, { ...place.annReads, connector })
      return JSON.stringify(chain).replaceAll(`"${connector}"`, '')
    }
    assert.equal(await said(ofBob.id), await said(999_999))
  })

  test('nobody of a disabled organisation is answered', async () => {
    const organisation = await scene.addOrganisation('closed')
    const eve = await scene.addCaller({ organisation, role: 'admin', flags: ['allow_view_users'] })
    await scene.switch('organisation', organisation, false)
    const body = { check: { user: eve.id, repository: 'calc' } }
    assert.equal(await eve.api.problem('POST /api/access/check', body), '403 organisation.disabled')
    assert.equal(
      await scene.root.problem(`POST /api/access/check?organisation=${organisation}`, body),
      '409 organisation.target_disabled',
    )
  })

  test('no token is in what is logged, answered or counted', async () => {
    const { root } = scene
    const planted = 'ptr_planted-where-nobody-should-find-it'
    const bodies = [
      byToken(planted),
      { token: planted, username: 'x' },
      { token: planted, repository: 'nope' },
      { token: planted, repository: 'calc', path: '..' },
      { token: planted, repository: 'calc', connector: 1 },
      { token: planted, repository: 'calc', permission: 'x' },
      { token: `${planted}${'x'.repeat(600)}`, repository: 'calc' },
      { checks: [byToken(planted), { token: planted }] },
    ]
    const answers = await Promise.all(bodies.map((check) => root.send('POST /api/access/check', { check })))
    await enforced(root)
    const metrics = await (await fetch(`${scene.url}/metrics`)).text()
    const said = [...answers.map(({ text }) => text), ...scene.logged, metrics].join('\n')
    assert.ok(!said.includes('planted'))
  })
})
