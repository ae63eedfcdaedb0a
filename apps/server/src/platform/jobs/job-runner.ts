import { EventEmitter, once } from 'node:events'
import {
  type RunnerOptions,
  run,
  runMigrations,
  type TaskList,
  type WorkerEvents,
  Logger as WorkerLogger,
} from 'graphile-worker'
import type { Connection } from '../database/database.ts'
import { openPool } from '../database/open-database.ts'
import { statement } from '../database/statement.ts'
import type { Logger } from '../telemetry/logger.ts'
import { markAlive, releaseAbandonedJobs } from './abandoned-jobs.ts'
import { openPatientPool } from './patient-pool.ts'

/**
 * What to do with a job's payload; a job that throws is tried again, later and later, up to 25 times. `stopping` aborts when
 * the process is about to end: a long job then stops at a safe point.
 */
export type JobHandler = (payload: unknown, stopping: AbortSignal) => Promise<void>

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

/** Longer than a connection may take. */
const FIRST_ANSWER_MS = 10_000
const START_ATTEMPTS = 5
const RELEASE_ABANDONED = 'release_abandoned_jobs'

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
  const stopping = new AbortController()
  const pool = { url: options.databaseUrl, poolSize: JOB_CONNECTIONS, applicationName: 'portreeve-jobs' }
  const pgPool = starting.adopt(openPatientPool({ ...pool, stopping: stopping.signal }), (made) => made.end())
  await releaseAbandonedJobs(pgPool)
  const handlers = { ...options.handlers, [RELEASE_ABANDONED]: () => releaseAbandonedJobs(pgPool) }
  starting.use(
    await startRunner(options.databaseUrl, {
      pgPool,
      concurrency: PARALLEL_JOBS,
      preset: { worker: { localQueue: LOCAL_QUEUE } },
      noHandleSignals: true,
      taskList: toTaskList({ ...options, handlers }, stopping.signal),
      crontab: `${options.crontab}\n* * * * * ${RELEASE_ABANDONED}`,
      logger: toWorkerLogger(options.logger),
    }),
  )
  starting.defer(() => stopping.abort())
  return starting.move()
}

/**
 * The worker asks once which ids its tasks have and keeps what comes of it, be it a failure: one that had no connection in
 * time just then would never do a job (graphile-worker 0.18, `getTaskDetails`). So it is watched until it has asked for jobs.
 */
async function startRunner(databaseUrl: string, options: RunnerOptions): Promise<AsyncDisposable> {
  for (let attempt = 1; ; attempt += 1) {
    await using starting = new AsyncDisposableStack()
    const events: WorkerEvents = new EventEmitter()
    const marked = once(events, 'pool:create').then(([{ workerPool }]) =>
      markAlive({ url: databaseUrl }, workerPool.id),
    )
    const asked = once(events, 'localQueue:getJobs:complete', { signal: AbortSignal.timeout(FIRST_ANSWER_MS) })
    const begun = Promise.allSettled([marked, asked])
    const runner = await run({ ...options, events })
    const [alive, answer] = await begun
    if (alive.status === 'fulfilled') starting.use(alive.value)
    starting.defer(() => runner.stop())
    const failed = [alive, answer].find((each) => each.status === 'rejected')
    if (!failed) return starting.move()
    if (attempt === START_ATTEMPTS) throw new Error('The job queue does not answer.', { cause: failed.reason })
  }
}

function toTaskList({ handlers, logger }: JobRunnerOptions, stopping: AbortSignal): TaskList {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      async (payload: unknown) => {
        try {
          await handle(payload, stopping)
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
