import type { Interactions } from '../features/oauth/pages/interaction.ts'
import { systemClock } from '../kernel/clock.ts'
import type { KeyService } from '../kernel/key-service.ts'
import type { Database } from '../platform/database/database.ts'
import type { Route } from '../platform/http/route.ts'
import { uuidSource } from '../platform/id-source.ts'
import { makeSealingKey, SealedSecrets } from '../platform/security/sealed-secret.ts'
import type { AuthzDirectory } from '../platform/subversion/authz-directory.ts'
import { createLogger } from '../platform/telemetry/logger.ts'
import { createMetrics } from '../platform/telemetry/metrics.ts'
import { wireAudit } from './wiring/wire-audit.ts'
import { wireBulkClients } from './wiring/wire-bulk-clients.ts'
import { type BulkJobResources, wireBulkJobs } from './wiring/wire-bulk-jobs.ts'
import { wireBulkUsers } from './wiring/wire-bulk-users.ts'
import { wireClientApi } from './wiring/wire-client-api.ts'
import { wireClientApplications } from './wiring/wire-client-applications.ts'
import { wireConnectors } from './wiring/wire-connectors.ts'
import { wireCredentials } from './wiring/wire-credentials.ts'
import { wireDataSources } from './wiring/wire-data-sources.ts'
import { wireAccess, wireModels } from './wiring/wire-decisions.ts'
import { wireDirectories } from './wiring/wire-directories.ts'
import { wireDirectorySync } from './wiring/wire-directory-sync.ts'
import { wireEnforcement } from './wiring/wire-enforcement.ts'
import { wireKeys } from './wiring/wire-keys.ts'
import { wireModel } from './wiring/wire-model.ts'
import { wireOAuth } from './wiring/wire-oauth.ts'
import { wirePermittedClients } from './wiring/wire-permitted-clients.ts'
import { wireSettings } from './wiring/wire-settings.ts'
import { wireSignIn } from './wiring/wire-sign-in.ts'

/** Every operation of the server as it is declared, without a database behind it: for references, not for serving. */
export function declaredRoutes(): Route[] {
  const absent = new Proxy(
    {},
    { get: () => () => Promise.reject(new Error('There is no server behind these routes.')) },
  )
  const database = absent as Database
  const keys = absent as KeyService
  const base = { database, clock: systemClock, ids: uuidSource }
  const ignore = () => undefined
  const directories = wireDirectories({ database, sealer: new SealedSecrets(makeSealingKey()) })
  const logger = createLogger({ level: 'silent' })
  const signIn = wireSignIn({ ...base, baseUrl: 'http://localhost', requestPublication: ignore, directories })
  return [
    ...signIn.routes,
    ...wireClientApi({
      ...base,
      logger,
      baseUrl: 'http://localhost',
      mailer: { send: () => Promise.resolve() },
      signIn,
      enqueueConfirmation: () => Promise.resolve(),
    }).routes,
    ...bulkRoutes({ ...base, logger }),
    ...wireClientApplications({
      ...base,
      baseUrl: 'http://localhost',
      submit: () => Promise.reject(new Error('There is no server behind these routes.')),
    }).routes,
    ...wirePermittedClients({ ...base, baseUrl: 'http://localhost' }).routes,
    ...wireDataSources(base).routes,
    ...wireCredentials({
      ...base,
      keys,
      baseUrl: 'http://localhost',
      mailer: { send: () => Promise.resolve() },
      testReach: 'network',
      mayUseDataSource: () => Promise.resolve(false),
      enqueueReminder: () => Promise.resolve(),
    }).routes,
    ...wireKeys({ ...base, keys, stores: [], enqueueRewrapping: () => Promise.resolve() }).routes,
    ...wireModel({
      ...base,
      baseUrl: 'http://localhost',
      directories,
      hashPassword: () => Promise.resolve(''),
      requestPublication: ignore,
      wakeQueue: () => Promise.resolve(),
    }).routes,
    ...wireDirectorySync({
      ...base,
      directories,
      logger,
      submit: () => Promise.reject(new Error('There is no server behind these routes.')),
      enqueueSync: () => Promise.resolve(),
    }).routes,
    ...wireEnforcement({
      ...base,
      directory: absent as AuthzDirectory,
      logger,
    }).routes,
    ...wireOAuth(
      { ...base, logger, baseUrl: 'http://localhost', signIn, requestClient: () => Promise.resolve() },
      { mounts: [], interactions: absent as Interactions },
    ).routes,
    ...wireSettings({ ...base, requestPublication: ignore }).routes,
    ...wireAccess({ ...base, models: wireModels({ database, logger, metrics: createMetrics() }).models }).routes,
    ...wireAudit({ ...base, logger, anchors: { sink: () => Promise.resolve(), everyMs: 0 } }).routes,
  ]
}

/** Operations on many things, and on the jobs that do them. */
function bulkRoutes(resources: Pick<BulkJobResources, 'database' | 'clock' | 'ids' | 'logger'>): readonly Route[] {
  const { database } = resources
  const bulkJobs = wireBulkJobs({
    ...resources,
    enqueueRun: () => Promise.resolve(),
    holdModel: () => Promise.reject(new Error('There is no server behind these routes.')),
    requestPublication: () => undefined,
  })
  return [
    ...bulkJobs.routes,
    ...wireBulkClients({ database, baseUrl: 'http://localhost', bulkJobs }).routes,
    ...wireBulkUsers({ database, bulkJobs }).routes,
    ...wireConnectors({ ...resources, bulkJobs }).routes,
  ]
}
