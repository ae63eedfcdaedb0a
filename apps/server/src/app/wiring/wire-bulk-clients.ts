import { bulkClientsRoutes } from '../../features/permitted-clients/bulk/bulk-clients.http.ts'
import { sqlClientChangeStore } from '../../features/permitted-clients/bulk/client-changes.sql.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import type { BulkJobs } from './wire-bulk-jobs.ts'

export interface BulkClientsResources {
  readonly database: Database
  readonly baseUrl: string
  readonly bulkJobs: Pick<BulkJobs, 'ordering' | 'seeing'>
}

/** What superadmins do to a client at all companies, ready to serve. */
export interface BulkClients {
  readonly routes: readonly Route[]
}

export function wireBulkClients({ database, baseUrl, bulkJobs }: BulkClientsResources): BulkClients {
  const clientChanges = sqlClientChangeStore(database)
  return {
    routes: bulkClientsRoutes({ baseUrl, clientChanges, bulk: bulkJobs.ordering, seeing: bulkJobs.seeing }),
  }
}
