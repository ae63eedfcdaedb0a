import { run, runMigrations, type TaskList, Logger as WorkerLogger } from 'graphile-worker'
import type { Connection } from '../database/database.ts'
import { openPool } from '../database/open-database.ts'
import { statement } from '../database/statement.ts'
import type { Logger } from '../telemetry/logger.ts'

/** What to do with a job's payload; a job that throws is tried again, later and later, up to 25 times. */
export type JobHandler = (payload: unknown) => Promise<void>

export interface JobRunnerOptions {
  readonly databaseUrl: string
  readonly logger: Logger
  readonly handlers: Readonly<Record<string, JobHandler>>
  /** Crontab lines: `0 * * * * name`. Each runs once on one of the nodes. */
  readonly crontab: string
}

const JOB_CONNECTIONS = 4
const PARALLEL_JOBS = 4
/** Jobs fetched at once into the process, which makes ten times as many a second as one by one. */
const LOCAL_QUEUE = { size: 50 }

const ADD = statement('jobs.add', 'select from graphile_worker.add_job($1, payload := $2::json, job_key := $3)')

/** Adds a job within the transaction, so that it exists if and only if the rest does; one of the same key is replaced. */
export async function addJob(
  tx: Connection,
  job: { readonly name: string; readonly payload: object; readonly key: string },
): Promise<void> {
  await tx.query(ADD, [job.name, JSON.stringify(job.payload), job.key])
}

/** Makes or updates the queue's own tables. */
export async function migrateJobs(databaseUrl: string): Promise<void> {
  const pgPool = openPool({ url: databaseUrl, poolSize: 1 })
  pgPool.on('connect', (client) => client.on('error', () => undefined))
  try {
    await runMigrations({ pgPool, logger: silent })
  } finally {
    await pgPool.end()
  }
}

/** Runs jobs until disposed; then those under way end first, as far as they do within seconds. */
export async function startJobs(options: JobRunnerOptions): Promise<AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  const pgPool = starting.adopt(
    openPool({ url: options.databaseUrl, poolSize: JOB_CONNECTIONS, applicationName: 'portreeve-jobs' }),
    (pool) => pool.end(),
  )
  // The worker wants to see that somebody hears of errors on connections it holds.
  pgPool.on('connect', (client) => client.on('error', () => undefined))
  const runner = await run({
    pgPool,
    concurrency: PARALLEL_JOBS,
    preset: { worker: { localQueue: LOCAL_QUEUE } },
    noHandleSignals: true,
    taskList: toTaskList(options),
    crontab: options.crontab,
    logger: toWorkerLogger(options.logger),
  })
  starting.defer(() => runner.stop())
  return starting.move()
}

function toTaskList({ handlers, logger }: JobRunnerOptions): TaskList {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      async (payload: unknown) => {
        try {
          await handle(payload)
        } catch (error) {
          logger.error({ err: error, job: name }, 'job failed; it is tried again')
          throw error
        }
      },
    ]),
  )
}

// The worker speaks of every job it starts and ends: of interest only when looking for trouble.
function toWorkerLogger(logger: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    if (level === 'error') logger.error(message)
    else if (level === 'warning') logger.warn(message)
    else logger.debug(message)
  })
}

const silent = new WorkerLogger(() => () => undefined)
