import { systemClock } from '../kernel/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { Route } from '../platform/http/route.ts'
import { uuidSource } from '../platform/id-source.ts'
import type { AuthzDirectory } from '../platform/subversion/authz-directory.ts'
import { createLogger } from '../platform/telemetry/logger.ts'
import { wireClientApi } from './wire-client-api.ts'
import { wireConnectors } from './wire-connectors.ts'
import { wireDirectories } from './wire-directories.ts'
import { wireDirectorySync } from './wire-directory-sync.ts'
import { wireEnforcement } from './wire-enforcement.ts'
import { wireModel } from './wire-model.ts'
import { wireSettings } from './wire-settings.ts'
import { wireSignIn } from './wire-sign-in.ts'

/** Every operation of the server as it is declared, without a database behind it: for references, not for serving. */
export function declaredRoutes(): Route[] {
  const absent = new Proxy(
    {},
    { get: () => () => Promise.reject(new Error('There is no server behind these routes.')) },
  )
  const database = absent as Database
  const base = { database, clock: systemClock, ids: uuidSource }
  const ignore = () => undefined
  const directories = wireDirectories({ database, masterKey: new Uint8Array(32) })
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
    ...wireConnectors(base).routes,
    ...wireModel({
      ...base,
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
    ...wireSettings({ ...base, requestPublication: ignore }).routes,
  ]
}
