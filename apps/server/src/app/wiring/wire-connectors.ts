import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { bulkChangeRoute } from '../../features/connectors/bulk-change.http.ts'
import { sqlConnectorReadModel } from '../../features/connectors/connector-list.sql.ts'
import { sqlConnectorStore } from '../../features/connectors/connector-store.sql.ts'
import { connectorsRoutes } from '../../features/connectors/connectors.http.ts'
import { deleteUnusedConnectors } from '../../features/connectors/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import { PagedLists } from '../../platform/database/paged-list.ts'
import type { Route } from '../../platform/http/route.ts'
import type { BulkJobs } from './wire-bulk-jobs.ts'

export interface ConnectorResources {
  readonly database: Database
  readonly clock: Clock
  readonly bulkJobs: Pick<BulkJobs, 'ordering' | 'waiting'>
}

/** What admins do to connectors, ready to serve. */
export interface Connectors {
  readonly routes: readonly Route[]
  /** Deletes what nobody uses any more; answers how many. */
  deleteUnused(): Promise<number>
}

export function wireConnectors({ database, clock, bulkJobs }: ConnectorResources): Connectors {
  const deps = {
    clock,
    connectors: sqlConnectorStore(database),
    connectorLists: sqlConnectorReadModel(new PagedLists(database)),
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx))),
  }
  return {
    routes: [
      ...connectorsRoutes(deps),
      bulkChangeRoute({ ...deps, bulk: bulkJobs.ordering, waiting: bulkJobs.waiting }),
    ],
    deleteUnused: () => deleteUnusedConnectors(deps),
  }
}

function storesOn(tx: Connection) {
  return { connectors: sqlConnectorStore(tx), audit: sqlAuditStore(tx) }
}
