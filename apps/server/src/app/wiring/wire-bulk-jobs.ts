import { setTimeout as delay } from 'node:timers/promises'
import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { sqlBulkJobReadModel } from '../../features/bulk-jobs/bulk-job-lists.sql.ts'
import { sqlBulkJobStore } from '../../features/bulk-jobs/bulk-job-store.sql.ts'
import { bulkJobsRoutes } from '../../features/bulk-jobs/bulk-jobs.http.ts'
import {
  type AwaitBulkJobDeps,
  type BulkKind,
  forgetBulkJobs,
  type GetBulkJobDeps,
  type OrderBulkJobDeps,
  resumeBulkJobs,
  runBulkJob,
} from '../../features/bulk-jobs/index.ts'
import { sqlConnectorStore } from '../../features/connectors/connector-store.sql.ts'
import { connectorChanges } from '../../features/connectors/index.ts'
import { clientChanges } from '../../features/permitted-clients/bulk/change-client-everywhere.ts'
import { sqlClientChangeStore } from '../../features/permitted-clients/bulk/client-changes.sql.ts'
import { sqlUserSelection } from '../../features/users/bulk/user-selection.sql.ts'
import { type HeldModel, userSwitches } from '../../features/users/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import { PagedLists } from '../../platform/database/paged-list.ts'
import type { Route } from '../../platform/http/route.ts'
import type { Logger } from '../../platform/telemetry/logger.ts'

export interface BulkJobResources {
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly logger: Logger
  /** Has `run` called for the job soon, if the transaction is committed. */
  enqueueRun(tx: Connection, job: string): Promise<void>
  /** The organisation's model, held until the transaction ends. */
  holdModel(tx: Connection, organisation: number): Promise<HeldModel>
  /** Has the outdated files of an organisation generated soon. */
  requestPublication(organisation: number): void
}

/** Long work over many things, ready to be ordered and done. */
export interface BulkJobs {
  readonly routes: readonly Route[]
  /** For the features whose work it is. */
  readonly ordering: OrderBulkJobDeps
  readonly waiting: AwaitBulkJobDeps
  readonly seeing: GetBulkJobDeps
  run(job: string, stopping: AbortSignal): Promise<void>
  /** Has those run again that made no progress for so long, and that nobody is at. */
  resume(idleMs: number): Promise<void>
  /** Drops what ended long ago. */
  forget(): Promise<void>
}

const KINDS: readonly BulkKind<Stores, unknown>[] = [connectorChanges, clientChanges, userSwitches]

export function wireBulkJobs(resources: BulkJobResources): BulkJobs {
  const { database, clock, ids, logger } = resources
  const deps = {
    clock,
    ids,
    kinds: new Map(KINDS.map((kind) => [kind.name, kind])),
    jobs: sqlBulkJobStore(database),
    jobLists: sqlBulkJobReadModel(new PagedLists(database)),
    async inTransaction<T>(work: (stores: Stores) => Promise<T>) {
      const held = new Set<number>()
      const done = await database.transaction((tx) => work(storesOn(tx, resources, held)))
      for (const organisation of held) resources.requestPublication(organisation)
      return done
    },
    onFailure: (job: string, error: unknown) => logger.error({ err: error, job }, 'part of a bulk job failed'),
    pause: (forMs: number, signal: AbortSignal) => delay(forMs, undefined, { signal }).catch(() => undefined),
  }
  return {
    routes: bulkJobsRoutes(deps),
    ordering: deps,
    waiting: deps,
    seeing: deps,
    run: (job, stopping) => runBulkJob(deps, job, stopping),
    resume: (idleMs) => resumeBulkJobs(deps, idleMs),
    forget: () => forgetBulkJobs(deps),
  }
}

type Stores = ReturnType<typeof storesOn>

/** What every kind of job finds in the transaction of a chunk; `held` becomes the organisations whose model it may change. */
function storesOn(
  tx: Connection,
  { enqueueRun, holdModel }: Pick<BulkJobResources, 'enqueueRun' | 'holdModel'>,
  held: Set<number>,
) {
  return {
    jobs: sqlBulkJobStore(tx),
    audit: sqlAuditStore(tx),
    connectors: sqlConnectorStore(tx),
    clientChanges: sqlClientChangeStore(tx),
    users: sqlUserSelection(tx),
    holdModel(organisation: number) {
      held.add(organisation)
      return holdModel(tx, organisation)
    },
    enqueue: (job: string) => enqueueRun(tx, job),
  }
}
