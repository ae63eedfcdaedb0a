import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sqlDataSourceStore } from '../../../features/data-sources/data-source-store.sql.ts'
import type { Database } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { startDataSourceScene } from '../../testing/data-source-scene.ts'
import { makeResource, makeTeam } from '../../testing/model-steps.ts'

const WAITING = statement<{ waiting: boolean }>(
  'test.anybody-waits-for-a-lock',
  `select exists (
     select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waiting`,
)

/** Until somebody waits for a lock, or is done without having waited. */
async function waitsOrDone(database: Database, work: Promise<unknown>): Promise<void> {
  let isDone = false
  const done = () => {
    isDone = true
  }
  void work.then(done, done)
  while (!isDone && !(await database.query(WAITING))[0]?.waiting);
}

test('what a team hands out is not deleted, and the refusal names the team', async () => {
  await using scene = await startDataSourceScene()
  const { call, callers, makeDataSource, server } = scene
  const { id } = await makeDataSource('ledger')
  const team = await makeTeam(server.root, 'accounting')
  const resource = await makeResource(server.root, { team, repository: `datasource:${id}` })
  for (const root of ['/v1', '/api/v1']) {
    const { outcome } = await call(callers.ann, `DELETE ${root}/datasources/${id}`)
    assert.equal(outcome, '409 Take it from these teams first: accounting.')
  }
  await server.root.change(`POST /api/teams/${team}/resources/delete`, { ids: { ids: [resource] } })
  assert.equal((await call(callers.ann, `DELETE /v1/datasources/${id}`)).status, 200)
})

test('a data source that is being deleted is handed out to nobody', async () => {
  await using scene = await startDataSourceScene()
  const { database, makeDataSource, server } = scene
  const { id } = await makeDataSource('ledger')
  const team = await makeTeam(server.root, 'accounting')
  const giving = await database.transaction(async (tx) => {
    const store = sqlDataSourceStore(tx)
    await store.lock(1, id)
    const resource = { repositoryName: `datasource:${id}` }
    const given = server.root.problem(`POST /api/teams/${team}/resources`, { resource })
    await waitsOrDone(database, given)
    assert.deepEqual(await store.teamsHandingOut(id), [])
    await store.remove(id)
    return { given }
  })
  assert.equal(await giving.given, '400 resource.unknown_repository')
})
