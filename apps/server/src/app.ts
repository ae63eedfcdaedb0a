import { CRONTAB, jobsOf } from './app/jobs.ts'
import { openKeys } from './app/open-keys.ts'
import { routesOf } from './app/parts.ts'
import { wireConsole } from './app/wiring/wire-console.ts'
import { wireParts } from './app/wiring/wire-parts.ts'
import type { Config } from './config/config.ts'
import { migrations } from './migrations/index.ts'
import { openDataDirectory } from './platform/data-directory.ts'
import type { Database } from './platform/database/database.ts'
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.ts'
import { migrate } from './platform/database/migrate.ts'
import { openDatabase } from './platform/database/open-database.ts'
import { statement } from './platform/database/statement.ts'
import { createHttpServer } from './platform/http/create-http-server.ts'
import { migrateJobs, startJobs } from './platform/jobs/job-runner.ts'
import { MasterKeyFile } from './platform/security/master-key.ts'
import type { Logger } from './platform/telemetry/logger.ts'
import { createMetrics } from './platform/telemetry/metrics.ts'

export interface AppOptions {
  readonly config: Config
  readonly logger: Logger
  /** The product's. */
  readonly version: string
}

/** A running server; disposing it drains: requests in flight are answered, jobs stop at a safe point. */
export interface App extends AsyncDisposable {
  /** Where it answers. */
  readonly url: string
  /** Where the first superadmin is made, when there is none yet; for whoever started the server alone. */
  readonly setupLink: string | undefined
}

const POOL_SIZE = 20
const DRAIN_GRACE_MS = 20_000

/** Starts everything, in the order in which each part needs the others, and undoes it in reverse. */
export async function startApp({ config, logger, version }: AppOptions): Promise<App> {
  await using starting = new AsyncDisposableStack()
  starting.use(await openDataDirectory(config.dataDir))
  const databaseUrl = config.databaseUrl ?? starting.use(await startEmbeddedPostgres({ ...config, log: logger })).url
  await migrate({ url: databaseUrl }, migrations)
  await migrateJobs(databaseUrl)
  const database = starting.use(openDatabase({ url: databaseUrl, poolSize: POOL_SIZE }))

  const keys = await openKeys(database, config)
  if (await new MasterKeyFile(config.masterKeyFile).isOpenToAll()) {
    logger.warn(
      { file: config.masterKeyFile },
      'every account of this machine can read the master key file: chmod o= it',
    )
  }
  const metrics = createMetrics()
  const parts = await wireParts(starting, { config, logger, metrics, database, keys })
  await parts.keys.check()
  await parts.keys.resume()
  const { enforcement, signIn } = parts
  // What is stale first: restoring it would put back, for a moment, what its last change took away.
  await enforcement.sweep()
  await enforcement.publisher.idle()
  await enforcement.restore()
  starting.use(parts.audit.start())
  starting.use(await startJobs({ databaseUrl, logger, handlers: jobsOf(parts), crontab: CRONTAB }))

  const server = await createHttpServer({
    routes: routesOf(parts),
    mounts: [...parts.oauth.mounts, ...wireConsole(config).mounts],
    authenticate: signIn.authenticate,
    appRateLimit: config.appRateLimit,
    logger,
    metrics,
    readiness: [
      { name: 'database', run: () => ping(database) },
      { name: 'model', run: () => parts.decisions.assertReadable() },
    ],
    baseUrl: config.baseUrl,
    version,
  })
  starting.defer(() => server.drain({ graceMs: DRAIN_GRACE_MS }))
  if (config.bootstrap) await signIn.bootstrapSuperadmin(config.bootstrap)
  const setupLink = await signIn.issueSetupLink()
  const port = await server.listen({ host: config.host, port: config.port })
  const running = starting.move()
  return { url: `http://${config.host}:${port}`, setupLink, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

const PING = statement('app.ping', 'select')

async function ping(database: Database): Promise<void> {
  await database.query(PING)
}
