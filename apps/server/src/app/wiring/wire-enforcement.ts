import { createHash } from 'node:crypto'
import { setTimeout as delay, setImmediate as immediate } from 'node:timers/promises'
import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { MODEL_CHANNEL } from '../../features/decisions/freshness/model-news.sql.ts'
import { batchRoutes } from '../../features/enforcement/batches/batches.http.ts'
import { sqlBatchReadModel, sqlBatchStore } from '../../features/enforcement/batches/batches.sql.ts'
import { enforcementRoutes } from '../../features/enforcement/enforcement.http.ts'
import { sqlEnforcementStore } from '../../features/enforcement/enforcement.sql.ts'
import { sqlFileIndexStore } from '../../features/enforcement/files/file-index.sql.ts'
import type { FileIndexStore } from '../../features/enforcement/files/file-index.ts'
import { fileRoutes } from '../../features/enforcement/files/files.http.ts'
import {
  applyScheduled,
  FileIndexWatch,
  Publisher,
  publishModel,
  restoreFiles,
} from '../../features/enforcement/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import { PagedLists } from '../../platform/database/paged-list.ts'
import type { Route } from '../../platform/http/route.ts'
import { nextCronTime } from '../../platform/jobs/cron-schedule.ts'
import type { AuthzDirectory } from '../../platform/subversion/authz-directory.ts'
import type { Logger } from '../../platform/telemetry/logger.ts'
import { wireReports } from './wire-reports.ts'

export interface EnforcementResources {
  readonly database: Database
  readonly clock: Clock
  readonly directory: AuthzDirectory
  readonly logger: Logger
  /** Called when files were made, and with them what they say came into force. */
  onPublished?(organisation: number): void
}

/** Generation and publication of the files that Subversion obeys, ready to run. */
export interface Enforcement {
  readonly routes: readonly Route[]
  readonly publisher: Publisher
  /** Hears until disposed of what other nodes publish; without it, who waits for that waits longer. */
  listen(): Promise<AsyncDisposable>
  /** Publishes what some node left unpublished: at start, and now and then. */
  sweep(): Promise<void>
  /** Applies what waits where a schedule's time has come by `at`. */
  applyScheduled(at: Date): Promise<void>
  /** Writes published files again that are missing or were changed. */
  restore(): Promise<void>
}

export function wireEnforcement({
  database,
  clock,
  directory,
  logger,
  onPublished,
}: EnforcementResources): Enforcement {
  const store = sqlEnforcementStore(database)
  const files = {
    readFile: (name: string) => directory.read(name),
    writeFiles: (texts: ReadonlyMap<string, string>) => directory.write(texts),
  }
  const fileIndexes = sqlFileIndexStore(database)
  const watch = watchFileIndexes(fileIndexes, logger)
  const publisher = new Publisher({
    publish: async (organisation) => {
      await publishModel({ store, ...files, etagOf, breathe: immediate }, organisation)
      watch.notice(organisation)
      onPublished?.(organisation)
    },
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
      ...fileRoutes({ store: fileIndexes, watch }),
      ...batchRoutes({ ...applying, batches, clock }),
      ...wireReports({ database }),
    ],
    publisher,
    listen: () => listen(database, watch),
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

function watchFileIndexes(store: FileIndexStore, logger: Logger): FileIndexWatch {
  return new FileIndexWatch({
    store,
    after(delayMs, act) {
      const timer = setTimeout(act, delayMs)
      return () => clearTimeout(timer)
    },
    onFailure: (err) => logger.warn({ err }, 'files that are waited for could not be read; tried again'),
  })
}

async function listen(database: Database, watch: FileIndexWatch): Promise<AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  starting.use(watch)
  starting.use(
    await database.listen(
      MODEL_CHANNEL,
      (id) => watch.notice(Number(id)),
      () => watch.noticeAll(),
    ),
  )
  return starting.move()
}

function batchStoresOn(tx: Connection) {
  return { batches: sqlBatchStore(tx), audit: sqlAuditStore(tx) }
}

function etagOf(content: string): string {
  return createHash('sha256').update(content).digest('base64url')
}
