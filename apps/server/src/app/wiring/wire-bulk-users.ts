import { bulkUsersRoute } from '../../features/users/bulk/bulk-users.http.ts'
import { sqlUserSelection } from '../../features/users/bulk/user-selection.sql.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import type { BulkJobs } from './wire-bulk-jobs.ts'

export interface BulkUsersResources {
  readonly database: Database
  readonly bulkJobs: Pick<BulkJobs, 'ordering' | 'waiting'>
}

/** What admins do to many users at once, ready to serve. */
export interface BulkUsers {
  readonly routes: readonly Route[]
}

export function wireBulkUsers({ database, bulkJobs: { ordering, waiting } }: BulkUsersResources): BulkUsers {
  return { routes: [bulkUsersRoute({ users: sqlUserSelection(database), bulk: ordering, waiting })] }
}
