import { join } from 'node:path'
import type { Config } from '../config/config.ts'
import { systemClock } from '../kernel/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { uuidSource } from '../platform/id-source.ts'
import { openMailer } from '../platform/mail/open-mailer.ts'
import { openAuthzDirectory } from '../platform/subversion/authz-directory.ts'
import type { Logger } from '../platform/telemetry/logger.ts'
import { enqueue } from './jobs.ts'
import type { Parts } from './parts.ts'
import { type ClientApi, wireClientApi } from './wire-client-api.ts'
import { wireConnectors } from './wire-connectors.ts'
import { wireDirectories } from './wire-directories.ts'
import { wireDirectorySync } from './wire-directory-sync.ts'
import { wireEnforcement } from './wire-enforcement.ts'
import { wireModel } from './wire-model.ts'
import { wireSettings } from './wire-settings.ts'
import { type SignIn, wireSignIn } from './wire-sign-in.ts'

export interface PartsResources {
  readonly config: Config
  readonly logger: Logger
  readonly database: Database
  readonly masterKey: Uint8Array
}

/** Wires every part to the others; what has to be ended in the end is `owner`'s. */
export async function wireParts(owner: AsyncDisposableStack, resources: PartsResources): Promise<Parts> {
  const { config, logger, database, masterKey } = resources
  const base = { database, clock: systemClock, ids: uuidSource }
  const directory = await openAuthzDirectory(config.authzDir)
  const enforcement = wireEnforcement({ ...base, directory, logger })
  owner.defer(() => enforcement.publisher.idle())
  const requestPublication = (organisation: number) => enforcement.publisher.request(organisation)
  const directories = wireDirectories({ database, masterKey })
  const signIn = wireSignIn({ ...base, baseUrl: config.baseUrl, requestPublication, directories })
  const model = wireModel({
    ...base,
    directories,
    hashPassword: (password) => signIn.passwords.hash(password),
    requestPublication,
    wakeQueue: enqueue.drain,
  })
  owner.defer(() => model.proposals.idle())
  return {
    signIn,
    model,
    enforcement,
    clientApi: await startClientApi(owner, resources, signIn),
    connectors: wireConnectors(base),
    directorySync: wireDirectorySync({
      ...base,
      logger,
      directories,
      submit: (kind, submission) => model.proposals.submit(kind, submission),
      enqueueSync: enqueue.sync,
    }),
    settings: wireSettings({ ...base, requestPublication }),
  }
}

/** Mail goes out, and waiting clients hear of changes, until `owner` is disposed. */
async function startClientApi(
  owner: AsyncDisposableStack,
  { config, logger, database }: PartsResources,
  signIn: SignIn,
): Promise<ClientApi> {
  const mailer = owner.use(
    await openMailer({ ...config, from: config.mailFrom, outboxDir: join(config.dataDir, 'outbox') }),
  )
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
