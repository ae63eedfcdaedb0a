import type { ApplySyncReads, ApplySyncWrites } from '../../features/directory-sync/index.ts'
import { scheduleSyncs, syncOrganisation } from '../../features/directory-sync/index.ts'
import { syncRoutes } from '../../features/directory-sync/sync.http.ts'
import { sqlSyncSchedule, sqlSyncStore } from '../../features/directory-sync/sync.sql.ts'
import { sqlLeaderGrants } from '../../features/teams/leaders/leader-grants.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Submit } from '../../kernel/proposal.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import { nextCronTime } from '../../platform/jobs/cron-schedule.ts'
import type { Logger } from '../../platform/telemetry/logger.ts'
import type { Directories } from './wire-directories.ts'

export interface DirectorySyncResources {
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly logger: Logger
  readonly directories: Pick<Directories, 'directory' | 'access'>
  readonly submit: Submit<ApplySyncReads, ApplySyncWrites>
  /** Has all managed teams of an organisation synchronised soon, if the transaction is committed. */
  enqueueSync(tx: Connection, organisation: number): Promise<void>
}

/** Synchronisation of teams with directories, ready to run. */
export interface DirectorySync {
  readonly routes: readonly Route[]
  /** Enqueues what the schedules of organisations want by now. */
  scheduleDue(now: Date): Promise<void>
  syncOrganisation(organisation: number): Promise<void>
}

export function wireDirectorySync(resources: DirectorySyncResources): DirectorySync {
  const { database, logger, enqueueSync } = resources
  const deps = {
    ...resources,
    ...resources.directories,
    syncs: sqlSyncStore(database),
    leaders: sqlLeaderGrants(database),
    schedule: sqlSyncSchedule(database),
    nextTime: nextCronTime,
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx, enqueueSync))),
    onFailure: (team: string, error: Error & { readonly code: string }) =>
      logger.warn({ team, code: error.code }, 'team not synchronised; it keeps its members'),
  }
  return {
    routes: syncRoutes(deps),
    scheduleDue: (now) => scheduleSyncs(deps, now),
    syncOrganisation: (organisation) => syncOrganisation(deps, organisation),
  }
}

function storesOn(tx: Connection, enqueueSync: DirectorySyncResources['enqueueSync']) {
  return { schedule: sqlSyncSchedule(tx), enqueue: (organisation: number) => enqueueSync(tx, organisation) }
}
