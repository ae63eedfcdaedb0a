import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ModelPosition } from '../../../kernel/model-state.ts'
import { statement } from '../../../platform/database/statement.ts'
import { createLogger } from '../../../platform/telemetry/logger.ts'
import { createMetrics } from '../../../platform/telemetry/metrics.ts'
import { type SignInServer, SUPERADMIN, startSignInServer } from '../../testing/sign-in-server.ts'
import { wireModels } from '../../wiring/wire-decisions.ts'

const POSITION = statement<ModelPosition>(
  'test.position-of',
  'select head, enforced, lineage from organisation_model where organisation_id = $1',
)
const DISABLE_ALL = statement(
  'test.disable-all-of-one',
  'update app_user set enabled = false where organisation_id = 1',
)

/** The enforced model of another node, which nobody tells of anything, as whoever is signed in now has to find it. */
function startNode({ database }: SignInServer) {
  const { models } = wireModels({ database, logger: createLogger({ level: 'silent' }), metrics: createMetrics() })
  return async (organisation: number) => {
    const [position] = await database.query(POSITION, [organisation])
    assert.ok(position)
    return await models.get({ organisation, state: 'enforced', position })
  }
}

test('the first superadmin is known to every node at once, made or enabled again', async () => {
  await using server = await startSignInServer({ bootstrap: false })
  const now = startNode(server)
  assert.equal((await now(1)).model.findUserNamed('admin'), undefined)
  await server.signIn.bootstrapSuperadmin(SUPERADMIN)
  const { model } = await now(1)
  assert.equal(model.findUserNamed('admin')?.enabled, true)
  await server.database.query(DISABLE_ALL)
  // A node that reads it now, and is told of nothing later.
  const another = startNode(server)
  assert.equal((await another(1)).model.findUserNamed('admin')?.enabled, false)
  await server.signIn.bootstrapSuperadmin(SUPERADMIN)
  assert.equal((await another(1)).model.findUserNamed('admin')?.enabled, true)
})

test('an organisation that is disabled and enabled again is so on every node at once', async () => {
  await using server = await startSignInServer()
  const root = await server.bearer()
  await server.send('POST /v1/admin/organisations/', { name: 'two' }, root)
  const now = startNode(server)
  for (const enabled of [true, false, true]) {
    await server.send('PUT /v1/admin/organisations/2/', { enabled }, root)
    assert.equal((await now(2)).organisationEnabled, enabled)
  }
})
