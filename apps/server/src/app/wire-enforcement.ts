import { createHash } from 'node:crypto'
import { setTimeout as delay, setImmediate as immediate } from 'node:timers/promises'
import { sqlAuditStore } from '../features/audit/audit.sql.ts'
import { batchRoutes } from '../features/enforcement/batches/batches.http.ts'
import { sqlBatchReadModel, sqlBatchStore } from '../features/enforcement/batches/batches.sql.ts'
import { enforcementRoutes } from '../features/enforcement/enforcement.http.ts'
import { sqlEnforcementStore } from '../features/enforcement/enforcement.sql.ts'
import { applyScheduled, Publisher, publishModel, restoreFiles } from '../features/enforcement/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Connection, Database } from '../platform/database/database.ts'
import { PagedLists } from '../platform/database/paged-list.ts'
import type { Route } from '../platform/http/route.ts'
import { nextCronTime } from '../platform/jobs/cron-schedule.ts'
import type { AuthzDirectory } from '../platform/subversion/authz-directory.ts'
import type { Logger } from '../platform/telemetry/logger.ts'
import { wireReports } from './wire-reports.ts'

export interface EnforcementResources {
  readonly database: Database
  readonly clock: Clock
  readonly directory: AuthzDirectory
  readonly logger: Logger
}

/** Generation and publication of the files that Subversion obeys, ready to run. */
export interface Enforcement {
  readonly routes: readonly Route[]
  readonly publisher: Publisher
  /** Publishes what some node left unpublished: at start, and now and then. */
  sweep(): Promise<void>
  /** Applies what waits where a schedule's time has come by `at`. */
  applyScheduled(at: Date): Promise<void>
  /** Writes published files again that are missing or were changed. */
  restore(): Promise<void>
}

export function wireEnforcement({ database, clock, directory, logger }: EnforcementResources): Enforcement {
  const store = sqlEnforcementStore(database)
  const files = {
    readFile: (name: string) => directory.read(name),
    writeFiles: (texts: ReadonlyMap<string, string>) => directory.write(texts),
  }
  const publisher = new Publisher({
    publish: (organisation) => publishModel({ store, ...files, etagOf, breathe: immediate }, organisation),
    monotonicMs: () => performance.now(),
    rest: (forMs) => delay(forMs),
    onFailure: (organisation, err) => logger.error({ err, organisation }, 'publication failed; it is tried again'),
  })
  const batches = sqlBatchReadModel(database, new PagedLists(database))
  const applying = {
    requestPublication: (organisation: number) => publisher.request(organisation),
    inTransaction: <T>(work: (stores: ReturnType<typeof batchStoresOn>) => Promise<T>) =>
      database.transaction((tx) => work(batchStoresOn(tx))),
  }
  return {
    routes: [
      ...enforcementRoutes({ store }),
      ...batchRoutes({ ...applying, batches, clock }),
      ...wireReports({ database }),
    ],
    publisher,
    applyScheduled: (at) => applyScheduled({ ...applying, due: batches, nextTime: nextCronTime }, at),
    sweep: async () => {
      for (const organisation of await store.listStaleOrganisations()) publisher.request(organisation)
    },
    restore: async () => {
      const repositories = await restoreFiles({ store, ...files })
      if (repositories.length > 0)
        logger.warn({ repositories }, 'published files were missing or changed; written again')
    },
  }
}

function batchStoresOn(tx: Connection) {
  return { batches: sqlBatchStore(tx), audit: sqlAuditStore(tx) }
}

function etagOf(content: string): string {
  return createHash('sha256').update(content).digest('base64url')
}
