import { join } from 'node:path'
import { type ClientApi, type ClientApiResources, wireClientApi } from './app/wire-client-api.ts'
import { type Connectors, wireConnectors } from './app/wire-connectors.ts'
import { wireDirectories } from './app/wire-directories.ts'
import { type DirectorySync, wireDirectorySync } from './app/wire-directory-sync.ts'
import { type Enforcement, wireEnforcement } from './app/wire-enforcement.ts'
import { type Model, wireModel } from './app/wire-model.ts'
import { wireSettings } from './app/wire-settings.ts'
import { type SignIn, wireSignIn } from './app/wire-sign-in.ts'
import type { Config } from './config/config.ts'
import { systemClock } from './kernel/clock.ts'
import { migrations } from './migrations/index.ts'
import { openDataDirectory } from './platform/data-directory.ts'
import type { Database } from './platform/database/database.ts'
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.ts'
import { migrate } from './platform/database/migrate.ts'
import { openDatabase } from './platform/database/open-database.ts'
import { statement } from './platform/database/statement.ts'
import { createHttpServer } from './platform/http/create-http-server.ts'
import type { Route } from './platform/http/route.ts'
import { uuidSource } from './platform/id-source.ts'
import { addJob, type JobHandler, migrateJobs, startJobs } from './platform/jobs/job-runner.ts'
import { openMailer } from './platform/mail/open-mailer.ts'
import { openMasterKey } from './platform/security/master-key.ts'
import { openAuthzDirectory } from './platform/subversion/authz-directory.ts'
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

const DRAIN_QUEUE = 'drain_queue'
const SWEEP = 'sweep_publications'
const APPLY = 'apply_scheduled'
const SCHEDULE_SYNCS = 'schedule_syncs'
const SYNC = 'sync_directories'
const PURGE = 'purge_expired'
const DELETE_UNUSED = 'delete_unused_connectors'
const SEND_CONFIRMATION = 'send_confirmation'
const CRONTAB = [
  `* * * * * ${SWEEP}`,
  `* * * * * ${APPLY}`,
  `* * * * * ${SCHEDULE_SYNCS}`,
  `17 3 * * * ${PURGE}`,
  `47 3 * * * ${DELETE_UNUSED}`,
].join('\n')

/** Starts everything, in the order in which each part needs the others, and undoes it in reverse. */
export async function startApp({ config, logger, version }: AppOptions): Promise<App> {
  await using starting = new AsyncDisposableStack()
  starting.use(await openDataDirectory(config.dataDir))
  const masterKey = await openMasterKey(config.masterKeyFile)
  const databaseUrl = config.databaseUrl ?? starting.use(await startEmbeddedPostgres({ ...config, log: logger })).url
  await migrate({ url: databaseUrl }, migrations)
  await migrateJobs(databaseUrl)
  const database = starting.use(openDatabase({ url: databaseUrl, poolSize: POOL_SIZE }))

  const directory = await openAuthzDirectory(config.authzDir)
  const base = { database, clock: systemClock, ids: uuidSource }
  const enforcement = wireEnforcement({ ...base, directory, logger })
  starting.defer(() => enforcement.publisher.idle())
  const requestPublication = (organisation: number) => enforcement.publisher.request(organisation)
  const directories = wireDirectories({ database, masterKey })
  const signIn = wireSignIn({ ...base, baseUrl: config.baseUrl, requestPublication, directories })
  const model = wireModel({
    ...base,
    directories,
    hashPassword: (password) => signIn.passwords.hash(password),
    requestPublication,
    wakeQueue: (tx, organisation) =>
      addJob(tx, { name: DRAIN_QUEUE, payload: { organisation }, key: `${DRAIN_QUEUE}_${organisation}` }),
  })
  starting.defer(() => model.proposals.idle())
  const clientApi = await startClientApi(starting, { ...base, config, logger, signIn })
  const connectors = wireConnectors(base)
  const directorySync = wireDirectorySync({
    ...base,
    logger,
    directories,
    submit: (kind, submission) => model.proposals.submit(kind, submission),
    enqueueSync: (tx, organisation) =>
      addJob(tx, { name: SYNC, payload: { organisation }, key: `${SYNC}_${organisation}` }),
  })

  // What is stale first: restoring it would put back, for a moment, what its last change took away.
  await enforcement.sweep()
  await enforcement.publisher.idle()
  await enforcement.restore()
  const parts = { signIn, model, enforcement, directorySync, clientApi, connectors }
  starting.use(await startJobs({ databaseUrl, logger, handlers: jobsOf(parts), crontab: CRONTAB }))

  const server = await createHttpServer({
    routes: [...routesOf(parts), ...wireSettings({ ...base, requestPublication })],
    authenticate: signIn.authenticate,
    logger,
    metrics: createMetrics(),
    readiness: [{ name: 'database', run: () => ping(database) }],
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

type ClientApiParts = Pick<ClientApiResources, 'database' | 'clock' | 'logger' | 'signIn'> & Pick<AppOptions, 'config'>

/** Mail goes out, and waiting clients hear of changes, until `owner` is disposed. */
async function startClientApi(owner: AsyncDisposableStack, { config, ...rest }: ClientApiParts): Promise<ClientApi> {
  const mailer = owner.use(
    await openMailer({ ...config, from: config.mailFrom, outboxDir: join(config.dataDir, 'outbox') }),
  )
  const clientApi = wireClientApi({
    ...rest,
    baseUrl: config.baseUrl,
    mailer,
    enqueueConfirmation: (tx, connector) =>
      addJob(tx, { name: SEND_CONFIRMATION, payload: { connector }, key: `${SEND_CONFIRMATION}_${connector}` }),
  })
  owner.use(await clientApi.listen())
  return clientApi
}

interface Parts {
  readonly signIn: SignIn
  readonly model: Model
  readonly enforcement: Enforcement
  readonly directorySync: DirectorySync
  readonly clientApi: ClientApi
  readonly connectors: Connectors
}

function routesOf({ signIn, model, directorySync, clientApi, connectors, enforcement }: Parts): readonly Route[] {
  const all = [signIn, model, directorySync, clientApi, connectors, enforcement]
  return all.flatMap(({ routes }) => routes)
}

function jobsOf(parts: Parts): Readonly<Record<string, JobHandler>> {
  const { signIn, model, enforcement, directorySync, clientApi, connectors } = parts
  return {
    [DRAIN_QUEUE]: (payload) => model.proposals.drain(organisationOf(payload)),
    [SWEEP]: () => enforcement.sweep(),
    [APPLY]: () => enforcement.applyScheduled(systemClock.now()),
    [SCHEDULE_SYNCS]: () => directorySync.scheduleDue(systemClock.now()),
    [SYNC]: (payload) => directorySync.syncOrganisation(organisationOf(payload)),
    [SEND_CONFIRMATION]: (payload) => clientApi.sendConfirmation((payload as { readonly connector: number }).connector),
    [PURGE]: async () => {
      await signIn.purgeExpired()
      await clientApi.purge()
    },
    [DELETE_UNUSED]: async () => {
      await connectors.deleteUnused()
    },
  }
}

// As it was enqueued above.
function organisationOf(payload: unknown): number {
  return (payload as { readonly organisation: number }).organisation
}

const PING = statement('app.ping', 'select')

async function ping(database: Database): Promise<void> {
  await database.query(PING)
}
