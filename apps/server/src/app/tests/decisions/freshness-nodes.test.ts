import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setImmediate as immediate } from 'node:timers/promises'
import { CompiledModel } from '../../../features/decisions/compiled/compiled-model.ts'
import { readFacts } from '../../../features/decisions/freshness/model-facts.sql.ts'
import { MODEL_CHANNEL } from '../../../features/decisions/freshness/model-news.sql.ts'
import { sqlModelSource } from '../../../features/decisions/freshness/model-source.sql.ts'
import type { ModelPosition } from '../../../kernel/model-state.ts'
import { statement } from '../../../platform/database/statement.ts'
import { createLogger } from '../../../platform/telemetry/logger.ts'
import { createMetrics } from '../../../platform/telemetry/metrics.ts'
import { makePlace, type Place } from '../../testing/access-steps.ts'
import { type ModelServer, startModelServer } from '../../testing/model-server.ts'
import { makeRule, makeTeam } from '../../testing/model-steps.ts'
import { type Models, wireModels } from '../../wiring/wire-decisions.ts'

const POSITION = statement<ModelPosition>(
  'test.model-position',
  'select head, enforced, lineage from organisation_model where organisation_id = 1',
)
const LOGGED = statement<{ n: number }>('test.changes-logged', 'select count(*) as n from model_change')
const MOVE_ON = statement(
  'test.move-model-on',
  'update organisation_model set head = head + $1, target = target + $1, enforced = enforced + $1 where organisation_id = 1',
)
const RENAME_LINEAGE = statement(
  'test.rename-lineage',
  `update organisation_model set lineage = 'another' where organisation_id = 1`,
)

describe('nodes of one database', () => {
  let server: ModelServer
  let place: Place
  before(async () => {
    server = await startModelServer()
    place = await makePlace(server.root, 'nodes')
  })
  after(() => server[Symbol.asyncDispose]())

  /** A node's models. Nobody tells it of what the server changes, and it does not look by itself. */
  const startNode = () => {
    const metrics = createMetrics()
    return { ...wireModels({ database: server.database, logger: createLogger({ level: 'silent' }), metrics }), metrics }
  }
  const position = async () => (await server.database.query(POSITION))[0] ?? assert.fail()
  const now = async (node: Models, state: 'enforced' | 'pending' = 'enforced') =>
    node.models.get({ organisation: 1, state, position: await position() })
  const bobReads = (model: CompiledModel) => rightAt(model, 'nodes-bob', '/trunk/src') > 0
  const setBob = async (isMember: boolean) => {
    const { team, rule, bob } = place
    const members = `POST /api/teams/${team}/rules/${rule}/members${isMember ? '' : '/delete'}`
    await server.root.change(members, { ids: { ids: [bob] } })
  }
  const letBobIn = () => server.root.change(`POST /api/teams/${place.team}/members/${place.bob}`, undefined)

  test('a node answers by what another changed, though nobody told it', async () => {
    const [one, two] = [startNode(), startNode()]
    await letBobIn()
    for (const isMember of [true, false, true, false]) {
      await setBob(isMember)
      await server.published()
      assert.equal(bobReads((await now(one)).model), isMember)
      assert.equal(bobReads((await now(two)).model), isMember)
    }
    // The first of each by facts, all others by changes alone.
    assert.match(await one.metrics.registry.metrics(), /read_duration_seconds_count\{by="changes"\} 3/)
    assert.match(await two.metrics.registry.metrics(), /portreeve_access_models\{state="enforced"\} 1/)
  })

  test('a user who is disabled has nothing from then on, whatever waits', async () => {
    const node = startNode()
    await setBob(true)
    await server.published()
    assert.equal(bobReads((await now(node)).model), true)
    await server.root.change(`PUT /api/users/${place.bob}/disable`, undefined)
    assert.equal(bobReads((await now(node)).model), false)
    await server.root.change(`PUT /api/users/${place.bob}/enable`, undefined)
    assert.equal(bobReads((await now(node)).model), true)
    await setBob(false)
  })

  test('nodes that listen are told of a change', async () => {
    const told = Promise.withResolvers<string>()
    await using listening = await server.database.listen(MODEL_CHANNEL, told.resolve, () => undefined)
    startNode().tell(1)
    assert.equal(await told.promise, '1')
    assert.ok(listening)
  })

  test('a node that listens has read a change before anybody asks', async () => {
    const node = startNode()
    await using listening = await node.listen()
    const before = await position()
    const unasked = async () =>
      (await node.models.get({ organisation: 1, state: 'pending', position: before })).revision
    assert.equal(await unasked(), before.head)
    await makeTeam(server.root, 'unasked')
    startNode().tell(1)
    while ((await unasked()) === before.head) await immediate()
    assert.ok(listening)
  })

  test('while proposals come, each model that is asked is the model of one revision', async () => {
    const node = startNode()
    await now(node, 'pending')
    const seen = new Map<number, string>()
    const flying = fly(server, place)
    let isOver = false
    const over = flying.finally(() => {
      isOver = true
    })
    while (!isOver) {
      const { model, revision } = await now(node, 'pending')
      seen.set(revision, picture(model))
    }
    await over
    assert.ok(seen.size > 5, `${seen.size} revisions`)
    for (const [revision, pictured] of seen) {
      const facts = await server.database.transaction((tx) => readFacts(tx, 1, revision))
      assert.equal(pictured, picture(CompiledModel.compile(facts)), `revision ${revision}`)
    }
    assert.ok(new Set(seen.values()).size > 5)
  })

  test('what is too long ago, or of another database, is not made up from changes', async () => {
    const source = sqlModelSource(server.database)
    const { at } = await source.readFacts(1, 'enforced')
    const node = startNode()
    await now(node)
    assert.ok(await source.readChanges(1, 'enforced', at))
    await node.purge()
    const [recent] = await server.database.query(LOGGED)
    assert.ok(Number(recent?.n) > 0)
    assert.ok(await source.readChanges(1, 'enforced', at))

    await server.database.query(MOVE_ON, [20_000])
    await node.purge()
    assert.deepEqual(await server.database.query(LOGGED), [{ n: 0 }])
    assert.equal(await source.readChanges(1, 'enforced', at), undefined)
    assert.equal((await now(node)).revision, at.enforced + 20_000)

    const moved = await source.readFacts(1, 'enforced')
    await server.database.query(MOVE_ON, [-1])
    assert.equal(await source.readChanges(1, 'enforced', moved.at), undefined)
    await node.models.look()
    while ((await now(node)).revision !== at.enforced + 19_999) await immediate()

    await server.database.query(RENAME_LINEAGE)
    const put = await source.readFacts(1, 'enforced')
    assert.equal(await source.readChanges(1, 'enforced', { ...put.at, lineage: 'the one before' }), undefined)
    await now(node)
    assert.match(await node.metrics.registry.metrics(), /read_duration_seconds_count\{by="facts"\} 4/)
  })
})

function rightAt(model: CompiledModel, username: string, path: string): number {
  const repository = model.findRepository('nodes')
  return repository ? model.rightOf(model.findUserNamed(username), { repository, path }) : 0
}

/** What the model says of the place, in a few words. */
function picture(model: CompiledModel): string {
  const rights = ['nodes-ann', 'nodes-bob'].flatMap((name) =>
    ['/', '/trunk', '/trunk/src', '/other'].map((path) => rightAt(model, name, path)),
  )
  const { memberships, rules, permissions, paths } = model.size
  return JSON.stringify({ rights, memberships, rules, permissions, paths })
}

/** Proposals of every kind that a rule knows, some of them at the same time. */
async function fly({ root }: ModelServer, { team, resource, rule, ann, bob }: Place): Promise<void> {
  for (let n = 0; n < 6; n += 1) {
    const ids = { ids: { ids: [n % 2 === 0 ? bob : ann] } }
    const type = n % 2 === 0 ? 'READ_WRITE' : 'NONE'
    const permissions = [{ resource, type, path: n % 3 === 0 ? 'trunk/src' : 'other' }] as const
    await Promise.all([
      root.send(`POST /api/teams/${team}/rules/${rule}/members`, ids),
      makeRule(root, { team, name: `flying ${n}`, members: [ann, bob], permissions }).then((made) =>
        n % 2 === 0 ? root.change(`DELETE /api/teams/${team}/rules/${made}`, undefined) : undefined,
      ),
      makeTeam(root, `flying ${n}`),
    ])
    await root.send(`POST /api/teams/${team}/rules/${rule}/members/delete`, ids)
  }
}
