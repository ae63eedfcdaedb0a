import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPool } from '../database/open-database.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { createLogger } from '../telemetry/logger.ts'
import { markAlive, releaseAbandonedJobs } from './abandoned-jobs.ts'
import { migrateJobs, startJobs } from './job-runner.ts'

/** A job that a pool of workers has taken. */
async function takenJob(
  database: TestDatabase,
  poolId: string,
): Promise<AsyncDisposable & { holder(): Promise<string> }> {
  await migrateJobs(database.url)
  const pool = openPool({ url: database.url, poolSize: 1, allowExitOnIdle: true })
  await pool.query(`select graphile_worker.add_job('greet', '{"whom": "ann"}'::json)`)
  await pool.query('update graphile_worker._private_jobs set locked_at = now(), locked_by = $1', [poolId])
  return {
    async holder() {
      await releaseAbandonedJobs(pool)
      const { rows } = await pool.query<{ locked_by: string }>('select locked_by from graphile_worker.jobs')
      return rows[0]?.locked_by ?? 'nobody'
    },
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

test('what a process had taken when it died is done at the next start', async () => {
  await using database = await testDatabase()
  await using _job = await takenJob(database, 'pool-of-the-dead')
  const done = Promise.withResolvers<unknown>()
  await using _jobs = await startJobs({
    databaseUrl: database.url,
    logger: createLogger({ level: 'silent' }),
    handlers: { greet: async (payload) => done.resolve(payload) },
    crontab: '',
  })
  assert.deepEqual(await done.promise, { whom: 'ann' })
})

test('what a living process has taken stays its own until it has gone', async () => {
  await using database = await testDatabase()
  await using job = await takenJob(database, 'pool-1')
  const alive = await markAlive({ url: database.url }, 'pool-1')
  assert.equal(await job.holder(), 'pool-1')
  await alive[Symbol.asyncDispose]()
  assert.equal(await job.holder(), 'nobody')
})

test('who runs jobs is alive by that', async () => {
  await using database = await testDatabase()
  await migrateJobs(database.url)
  const [taken, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await using _jobs = await startJobs({
    databaseUrl: database.url,
    logger: createLogger({ level: 'silent' }),
    handlers: {
      async greet() {
        taken.resolve()
        await mayEnd.promise
      },
    },
    crontab: '',
  })
  const pool = openPool({ url: database.url, poolSize: 1, allowExitOnIdle: true })
  await pool.query(`select graphile_worker.add_job('greet', '{}'::json)`)
  await taken.promise
  await releaseAbandonedJobs(pool)
  const { rows } = await pool.query<{ held: boolean }>('select locked_by is not null as held from graphile_worker.jobs')
  mayEnd.resolve()
  await pool.end()
  assert.deepEqual(rows, [{ held: true }])
})
