import { systemClock } from '../kernel/clock.ts'
import type { Database } from '../platform/database/database.ts'
import type { Route } from '../platform/http/route.ts'
import { uuidSource } from '../platform/id-source.ts'
import type { AuthzDirectory } from '../platform/subversion/authz-directory.ts'
import { createLogger } from '../platform/telemetry/logger.ts'
import { wireEnforcement } from './wire-enforcement.ts'
import { wireModel } from './wire-model.ts'
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
  return [
    ...wireSignIn({ ...base, baseUrl: 'http://localhost', requestPublication: ignore }).routes,
    ...wireModel({
      ...base,
      hashPassword: () => Promise.resolve(''),
      requestPublication: ignore,
      wakeQueue: () => Promise.resolve(),
    }).routes,
    ...wireEnforcement({
      database,
      directory: absent as AuthzDirectory,
      logger: createLogger({ level: 'silent' }),
    }).routes,
  ]
}
