import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { toPgConfig } from './connection-options.ts'
import { type Cluster, prepareCluster } from './embedded/cluster.ts'
import { embeddedPostgresErrors } from './embedded/embedded-postgres-errors.ts'
import { chooseEndpoint, endpointSettings, endpointUrl } from './embedded/endpoint.ts'
import { stopOrphan } from './embedded/orphan.ts'
import { locatePostgres } from './embedded/postgres-binaries.ts'
import { FailedStart, Postmaster, type PostmasterOptions } from './embedded/postmaster.ts'
import { type Durability, settingsFor } from './embedded/settings.ts'

/** Where the supervisor tells what happens; a pino logger is one. */
export interface SupervisorLog {
  info(message: string): void
  warn(message: string): void
}

export interface EmbeddedPostgresOptions {
  /** Portreeve's data directory, locked by the caller; PostgreSQL lives in `postgres/` below it. */
  readonly dataDir: string
  readonly log: SupervisorLog
  readonly durability?: Durability
}

/** A PostgreSQL of our own. While not disposed it is started again whenever it ends, under the same URL. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** Of the database `portreeve`. Holds the password: not for logs. */
  readonly url: string
  /** The postmaster's process; undefined while it is down. */
  readonly pid: number | undefined
  /** Signals the postmaster at once, for handlers of the process's exit. It is not started again. */
  abandon(signal: NodeJS.Signals): void
}

const DATABASE = 'portreeve'
const LONGEST_PAUSE_MS = 10_000
/** The children of a killed postmaster notice at the end of their statement, which the statement time-out bounds. */
const PASSING_TROUBLE_MS = 45_000

/** Starts (and, the first time, sets up) the embedded PostgreSQL. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = join(resolve(options.dataDir), 'postgres')
  const durability = options.durability ?? 'durable'
  const binaries = await locatePostgres()
  const cluster = await prepareCluster({ binaries, home, durability })
  tellReach(cluster, options.log)
  await stopOrphan(cluster.path)
  const endpoint = await chooseEndpoint(cluster)
  const settings = { ...settingsFor(durability), ...endpointSettings(endpoint) }
  const onLine = (line: string) => options.log.info(`postgres: ${line}`)
  const supervisor = new Supervisor({ binaries, cluster, settings, onLine }, options.log)
  await supervisor.start()
  try {
    await createDatabase(endpointUrl(endpoint, cluster.password, 'postgres'))
  } catch (error) {
    await supervisor.stop()
    throw error
  }
  return {
    url: endpointUrl(endpoint, cluster.password, DATABASE),
    get pid() {
      return supervisor.pid
    },
    abandon: (signal) => supervisor.abandon(signal),
    [Symbol.asyncDispose]: () => supervisor.stop(),
  }
}

/** Whoever runs the machine should know that a database got more rights than its account has. */
function tellReach({ account, path }: Cluster, log: SupervisorLog): void {
  if (account?.capability === undefined) return
  log.info(
    `The embedded PostgreSQL runs as "${account.name}" with the capability CAP_${account.capability.toUpperCase()}, ` +
      `since that account may not reach its programs or ${path} by itself.`,
  )
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client(toPgConfig({ url }))
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(DATABASE)}`)
  } finally {
    await client.end()
  }
}

class Supervisor {
  readonly #options: PostmasterOptions
  readonly #log: SupervisorLog
  readonly #stopping = new AbortController()
  #postmaster: Postmaster | undefined
  #watch: Promise<void> = Promise.resolve()

  constructor(options: PostmasterOptions, log: SupervisorLog) {
    this.#options = options
    this.#log = log
  }

  get pid(): number | undefined {
    return this.#postmaster?.pid
  }

  async start(): Promise<void> {
    this.#postmaster = await this.#launch()
    this.#watch = this.#keepRunning(this.#postmaster)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#postmaster?.stop()
    await this.#watch
  }

  abandon(signal: NodeJS.Signals): void {
    this.#stopping.abort()
    this.#postmaster?.signal(signal)
  }

  async #keepRunning(first: Postmaster): Promise<void> {
    let current: Postmaster | undefined = first
    for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const startedAt = Date.now()
      await current?.ended
      this.#postmaster = undefined
      if (this.#stopping.signal.aborted) return
      if (Date.now() - startedAt > 60_000) pauseMs = 100
      this.#log.warn(`The embedded PostgreSQL has ended; starting it again in ${pauseMs} ms.`)
      await this.#pause(pauseMs)
      current = await this.#relaunch()
    }
  }

  /** Undefined when it could not be started this time, or when we have been told to stop. */
  async #relaunch(): Promise<Postmaster | undefined> {
    if (this.#stopping.signal.aborted) return undefined
    try {
      this.#postmaster = await this.#launch()
    } catch (error) {
      this.#log.warn(error instanceof Error ? error.message : String(error))
      return undefined
    }
    if (this.#stopping.signal.aborted) await this.#postmaster.stop()
    else this.#log.info('The embedded PostgreSQL runs again.')
    return this.#postmaster
  }

  async #launch(): Promise<Postmaster> {
    for (const deadline = Date.now() + PASSING_TROUBLE_MS; ; await this.#pause(200)) {
      try {
        return await Postmaster.start(this.#options)
      } catch (error) {
        if (!(error instanceof FailedStart)) throw error
        const isHopeless = !error.isPassing || Date.now() > deadline || this.#stopping.signal.aborted
        if (isHopeless) throw embeddedPostgresErrors.failed('be started', error.said)
      }
    }
  }

  /** Cut short by `stop`. */
  async #pause(durationMs: number): Promise<void> {
    await delay(durationMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }
}
