import { join } from 'node:path'
import type { Config } from '../../config/config.ts'
import { sqlCredentialKeys } from '../../features/credentials/credential-keys.sql.ts'
import { mayUseByRules } from '../../features/enforcement/data-source-right.sql.ts'
import { systemClock } from '../../kernel/clock.ts'
import { openAnchorSink } from '../../platform/anchors/open-anchor-sink.ts'
import type { Database } from '../../platform/database/database.ts'
import { uuidSource } from '../../platform/id-source.ts'
import type { Mailer } from '../../platform/mail/mail.ts'
import { openMailer } from '../../platform/mail/open-mailer.ts'
import { openAuthzDirectory } from '../../platform/subversion/authz-directory.ts'
import type { Logger } from '../../platform/telemetry/logger.ts'
import type { Metrics } from '../../platform/telemetry/metrics.ts'
import { enqueue } from '../jobs.ts'
import type { Keys } from '../open-keys.ts'
import type { Parts } from '../parts.ts'
import { wireAudit } from './wire-audit.ts'
import { wireBulkClients } from './wire-bulk-clients.ts'
import { wireBulkJobs } from './wire-bulk-jobs.ts'
import { wireBulkUsers } from './wire-bulk-users.ts'
import { type ClientApi, wireClientApi } from './wire-client-api.ts'
import { wireClientApplications } from './wire-client-applications.ts'
import { wireConnectors } from './wire-connectors.ts'
import { wireCredentials } from './wire-credentials.ts'
import { wireDataSources } from './wire-data-sources.ts'
import { wireAccess, wireModels } from './wire-decisions.ts'
import { wireDirectories } from './wire-directories.ts'
import { wireDirectorySync } from './wire-directory-sync.ts'
import { wireEnforcement } from './wire-enforcement.ts'
import { wireKeys } from './wire-keys.ts'
import { type Model, type ModelResources, wireModel } from './wire-model.ts'
import { openOAuth } from './wire-oauth.ts'
import { wirePermittedClients } from './wire-permitted-clients.ts'
import { wireSettings } from './wire-settings.ts'
import { type SignIn, wireSignIn } from './wire-sign-in.ts'

export interface PartsResources {
  readonly config: Config
  readonly logger: Logger
  readonly metrics: Metrics
  readonly database: Database
  readonly keys: Keys
}

/** Wires every part to the others; what has to be ended in the end is `owner`'s. */
export async function wireParts(owner: AsyncDisposableStack, resources: PartsResources): Promise<Parts> {
  const { config, logger, database, keys } = resources
  const base = { database, clock: systemClock, ids: uuidSource }
  const { enforcement, models, requestPublication } = await startEnforcement(owner, resources)
  const directories = wireDirectories({ database, sealer: keys.sealer })
  const signIn = wireSignIn({ ...base, baseUrl: config.baseUrl, requestPublication, directories })
  const model = startModel(owner, { ...base, baseUrl: config.baseUrl, directories, requestPublication, signIn })
  const bulkJobs = wireBulkJobs({
    ...base,
    logger,
    enqueueRun: enqueue.bulk,
    holdModel: model.hold,
    requestPublication,
  })
  const mailer = owner.use(
    await openMailer({ ...config, from: config.mailFrom, outboxDir: join(config.dataDir, 'outbox') }),
  )
  const permittedClients = wirePermittedClients({ ...base, baseUrl: config.baseUrl })
  return {
    signIn,
    model,
    enforcement,
    decisions: { ...models, ...wireAccess({ ...base, models: models.models }) },
    clientApi: await startClientApi(owner, { ...resources, mailer }, signIn),
    connectors: wireConnectors({ ...base, bulkJobs }),
    bulkJobs,
    clientApplications: wireClientApplications({
      ...base,
      baseUrl: config.baseUrl,
      submit: (kind, submission) => model.proposals.submit(kind, submission),
    }),
    permittedClients,
    bulkClients: wireBulkClients({ database, baseUrl: config.baseUrl, bulkJobs }),
    bulkUsers: wireBulkUsers({ database, bulkJobs }),
    dataSources: wireDataSources(base),
    credentials: wireCredentials({
      ...base,
      keys: keys.service,
      mailer,
      baseUrl: config.baseUrl,
      testReach: config.testReach,
      mayUseDataSource: mayUseByRules,
      enqueueReminder: enqueue.reminder,
    }),
    keys: wireKeys({
      ...base,
      keys: keys.service,
      stores: [sqlCredentialKeys(database)],
      enqueueRewrapping: enqueue.rewrapping,
    }),
    directorySync: wireDirectorySync({
      ...base,
      logger,
      directories,
      submit: (kind, submission) => model.proposals.submit(kind, submission),
      enqueueSync: enqueue.sync,
    }),
    oauth: await openOAuth(
      { ...base, logger, baseUrl: config.baseUrl, signIn, requestClient: permittedClients.request },
      keys,
    ),
    settings: wireSettings({ ...base, requestPublication }),
    audit: wireAudit({
      ...base,
      logger,
      anchors: { sink: openAnchorSink(config.auditAnchor), everyMs: config.auditAnchorMinutes * 60_000 },
    }),
  }
}

/** What is being committed is waited for before `owner` is disposed. */
function startModel(
  owner: AsyncDisposableStack,
  {
    signIn,
    ...resources
  }: Omit<ModelResources, 'hashPassword' | 'wakeQueue'> & { readonly signIn: Pick<SignIn, 'passwords'> },
): Model {
  const hashPassword = (password: string) => signIn.passwords.hash(password)
  const model = wireModel({ ...resources, hashPassword, wakeQueue: enqueue.drain })
  owner.defer(() => model.proposals.idle())
  return model
}

/** Mail goes out, and waiting clients hear of changes, until `owner` is disposed. */
async function startClientApi(
  owner: AsyncDisposableStack,
  { config, logger, database, mailer }: PartsResources & { readonly mailer: Mailer },
  signIn: SignIn,
): Promise<ClientApi> {
  const clientApi = wireClientApi({
    database,
    clock: systemClock,
    logger,
    signIn,
    mailer,
    baseUrl: config.baseUrl,
    enqueueConfirmation: enqueue.confirmation,
  })
  owner.use(await clientApi.listen())
  return clientApi
}

/** What is in force is published, and known in memory, until `owner` is disposed. */
async function startEnforcement(owner: AsyncDisposableStack, { config, logger, database, metrics }: PartsResources) {
  const models = wireModels({ database, logger, metrics })
  owner.use(await models.listen())
  const directory = await openAuthzDirectory(config.authzDir)
  const enforcement = wireEnforcement({ database, clock: systemClock, directory, logger, onPublished: models.tell })
  owner.use(await enforcement.listen())
  owner.defer(() => enforcement.publisher.idle())
  const requestPublication = (organisation: number) => {
    enforcement.publisher.request(organisation)
    models.tell(organisation)
  }
  return { enforcement, models, requestPublication }
}
