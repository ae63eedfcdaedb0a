import { createHash } from 'node:crypto'
import { setTimeout as delay, setImmediate as immediate } from 'node:timers/promises'
import { enforcementRoutes } from '../features/enforcement/enforcement.http.ts'
import { sqlEnforcementStore } from '../features/enforcement/enforcement.sql.ts'
import { Publisher, publishModel, restoreFiles } from '../features/enforcement/index.ts'
import type { Database } from '../platform/database/database.ts'
import type { Route } from '../platform/http/route.ts'
import type { AuthzDirectory } from '../platform/subversion/authz-directory.ts'
import type { Logger } from '../platform/telemetry/logger.ts'

export interface EnforcementResources {
  readonly database: Database
  readonly directory: AuthzDirectory
  readonly logger: Logger
}

/** Generation and publication of the files that Subversion obeys, ready to run. */
export interface Enforcement {
  readonly routes: readonly Route[]
  readonly publisher: Publisher
  /** Publishes what some node left unpublished: at start, and now and then. */
  sweep(): Promise<void>
  /** Writes published files again that are missing or were changed. */
  restore(): Promise<void>
}

export function wireEnforcement({ database, directory, logger }: EnforcementResources): Enforcement {
  const store = sqlEnforcementStore(database)
  const publisher = new Publisher({
    publish: (organisation) =>
      publishModel({ store, etagOf, breathe: immediate, writeFiles: (files) => directory.write(files) }, organisation),
    monotonicMs: () => performance.now(),
    rest: (forMs) => delay(forMs),
    onFailure: (organisation, err) => logger.error({ err, organisation }, 'publication failed; it is tried again'),
  })
  return {
    routes: enforcementRoutes({ store }),
    publisher,
    sweep: async () => {
      for (const organisation of await store.listStaleOrganisations()) publisher.request(organisation)
    },
    restore: async () => {
      const repositories = await restoreFiles({
        store,
        readFile: (name) => directory.read(name),
        writeFiles: (files) => directory.write(files),
      })
      if (repositories.length > 0)
        logger.warn({ repositories }, 'published files were missing or changed; written again')
    },
  }
}

function etagOf(content: string): string {
  return createHash('sha256').update(content).digest('base64url')
}
