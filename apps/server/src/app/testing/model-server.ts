import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../kernel/clock.ts'
import type { PermissionFlag, Principal } from '../../kernel/principal.ts'
import type { Database } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { testDatabase } from '../../platform/database/test-database.ts'
import { createHttpServer } from '../../platform/http/create-http-server.ts'
import type { Route } from '../../platform/http/route.ts'
import { uuidSource } from '../../platform/id-source.ts'
import { makeSealingKey, SealedSecrets } from '../../platform/security/sealed-secret.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import { openAuthzDirectory } from '../../platform/subversion/authz-directory.ts'
import { createLogger } from '../../platform/telemetry/logger.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { wireBulkClients } from '../wiring/wire-bulk-clients.ts'
import { type BulkJobResources, wireBulkJobs } from '../wiring/wire-bulk-jobs.ts'
import { wireBulkUsers } from '../wiring/wire-bulk-users.ts'
import { wireClientApplications } from '../wiring/wire-client-applications.ts'
import { wireConnectors } from '../wiring/wire-connectors.ts'
import { wireDataSources } from '../wiring/wire-data-sources.ts'
import { wireDirectories } from '../wiring/wire-directories.ts'
import { wireDirectorySync } from '../wiring/wire-directory-sync.ts'
import { wireEnforcement } from '../wiring/wire-enforcement.ts'
import { type Model, wireModel } from '../wiring/wire-model.ts'
import { type PermittedClients, wirePermittedClients } from '../wiring/wire-permitted-clients.ts'
import { wireSettings } from '../wiring/wire-settings.ts'
import { wireSignIn } from '../wiring/wire-sign-in.ts'
import { ApiClient } from './api-client.ts'

/** The whole server in this process, on a database and a directory of its own. */
export interface ModelServer extends AsyncDisposable {
  readonly routes: readonly Route[]
  /** Those of them that read or change the versioned model. */
  readonly modelRoutes: readonly Route[]
  readonly database: Database
  readonly authzDir: string
  /** The superadmin, with every flag. */
  readonly root: ApiClient
  readonly anonymous: ApiClient
  /** Someone new. */
  signIn(caller?: NewCaller): Promise<ApiClient>
  /** Looks at what was queued. Nobody else does, so that queued proposals stay so for as long as a test likes. */
  drain(): Promise<void>
  /** The organisation's head: moves with every change that was made, and with nothing else. */
  head(): Promise<number>
  /** Waits until nothing is left to publish. */
  published(): Promise<void>
  /** Repairs the published files, as a start does. */
  restore(): Promise<void>
  /** Does what schedules say is due by then. Nobody else does. */
  runSchedules(at: Date): Promise<void>
  /** What a user who is stopped at the gate does. */
  requestClient: PermittedClients['request']
  /** Does the bulk jobs ordered so far. */
  runBulkJobs(): Promise<void>
}

export interface NewCaller {
  readonly role?: Principal['role']
  readonly flags?: readonly PermissionFlag[]
  readonly organisation?: number
}
const ADD_USER = statement(
  'test.add-caller',
  `insert into app_user (id, organisation_id, username, role, flags) values ($1, $2, $3, $4, $5)`,
)
const ADD_TOKEN = statement(
  'test.add-token',
  `insert into access_token (id, user_id, name, token_hash, created_at) values ($1, $2, 'test', $3, now())`,
)
const HEAD = statement<{ head: number }>('test.head', 'select head from organisation_model where organisation_id = 1')

const EVERY_FLAG: readonly PermissionFlag[] = [
  'allow_modify_users',
  'allow_view_users',
  'allow_modify_teams',
  'allow_modify_settings',
  'allow_view_settings',
]

export async function startModelServer(): Promise<ModelServer> {
  await using starting = new AsyncDisposableStack()
  const test = starting.use(await testDatabase())
  const database = test.db
  const authzDir = await mkdtemp(join(tmpdir(), 'portreeve-app-'))
  starting.defer(() => rm(authzDir, { recursive: true, force: true }))
  const { routes, model, enforcement, authenticate, idle, ...acts } = await compose(database, authzDir)
  starting.defer(idle)
  const server = starting.use(
    await createHttpServer({
      routes,
      authenticate,
      logger: createLogger({ level: 'silent' }),
      metrics: createMetrics(),
      readiness: [],
      baseUrl: 'http://127.0.0.1',
      version: '0.0.0',
    }),
  )
  const url = `http://127.0.0.1:${await server.listen({ host: '127.0.0.1', port: 0 })}`
  const signIn = async (caller: NewCaller = {}) => new ApiClient({ url, ...(await addCaller(database, caller)) })
  const root = await signIn({ role: 'superadmin', flags: EVERY_FLAG })
  const running = starting.move()
  return {
    routes,
    modelRoutes: model.routes,
    database,
    authzDir,
    root,
    anonymous: new ApiClient({ url }),
    signIn,
    drain: () => model.proposals.drain(1),
    head: async () => (await database.query(HEAD))[0]?.head ?? 0,
    published: idle,
    restore: () => enforcement.restore(),
    ...acts,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function compose(database: Database, authzDir: string) {
  const logger = createLogger({ level: 'silent' })
  const directory = await openAuthzDirectory(authzDir)
  const base = { database, clock: systemClock, ids: uuidSource }
  const enforcement = wireEnforcement({ ...base, directory, logger })
  const requestPublication = (organisation: number) => enforcement.publisher.request(organisation)
  const directories = wireDirectories({ database, sealer: new SealedSecrets(makeSealingKey()) })
  const signIn = wireSignIn({ ...base, baseUrl: 'http://127.0.0.1', requestPublication, directories })
  const model: Model = wireModel({
    ...base,
    baseUrl: 'http://127.0.0.1',
    directories,
    hashPassword: (password) => signIn.passwords.hash(password),
    requestPublication,
    wakeQueue: async () => undefined,
  })
  const directorySync = wireDirectorySync({
    ...base,
    logger,
    directories,
    submit: (kind, submission) => model.proposals.submit(kind, submission),
    enqueueSync: async (_tx, organisation) => {
      syncs.push(organisation)
    },
  })
  const syncs: number[] = []
  const { bulkJobs, runBulkJobs } = wireBulkRuns({ ...base, logger, holdModel: model.hold, requestPublication })
  const permittedClients = wirePermittedClients({ ...base, baseUrl: 'http://127.0.0.1' })
  return {
    routes: [
      ...signIn.routes,
      ...wireConnectors({ ...base, bulkJobs }).routes,
      ...wireDataSources(base).routes,
      ...wireClientApplications({
        ...base,
        baseUrl: 'http://127.0.0.1/below',
        submit: (...proposal) => model.proposals.submit(...proposal),
      }).routes,
      ...permittedClients.routes,
      ...wireBulkClients({ database, bulkJobs, baseUrl: 'http://127.0.0.1' }).routes,
      ...wireBulkUsers({ database, bulkJobs }).routes,
      ...bulkJobs.routes,
      ...model.routes,
      ...directorySync.routes,
      ...enforcement.routes,
      ...wireSettings({ ...base, requestPublication }).routes,
    ],
    model,
    enforcement,
    requestClient: permittedClients.request,
    runBulkJobs,
    runSchedules: async (at: Date) => {
      await enforcement.applyScheduled(at)
      await directorySync.scheduleDue(at)
      for (const organisation of syncs.splice(0)) await directorySync.syncOrganisation(organisation)
    },
    authenticate: signIn.authenticate,
    idle: async () => {
      await model.proposals.idle()
      await enforcement.publisher.idle()
    },
  }
}

/** Bulk jobs that run when told to. */
function wireBulkRuns(resources: Omit<BulkJobResources, 'enqueueRun'>) {
  const ordered: string[] = []
  const bulkJobs = wireBulkJobs({ ...resources, enqueueRun: async (_tx, job) => void ordered.push(job) })
  const runBulkJobs = async () => {
    for (const job of ordered.splice(0)) await bulkJobs.run(job, new AbortController().signal)
  }
  return { bulkJobs, runBulkJobs }
}

/** Straight into the tables, since not every caller a test wants could be made by an earlier one. */
async function addCaller(
  database: Database,
  { role = 'user', flags = [], organisation = 1 }: NewCaller,
): Promise<{ userId: string; token: string }> {
  const id = randomUUID()
  const token = secretToken.next('ptr_')
  await database.query(ADD_USER, [id, organisation, `caller ${id}`, role, flags])
  await database.query(ADD_TOKEN, [randomUUID(), id, secretToken.digest(token)])
  return { userId: id, token }
}
