import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { sqlBatchStore } from '../../features/enforcement/batches/batches.sql.ts'
import { settingsRoutes } from '../../features/settings/settings.http.ts'
import { sqlSettingsStore } from '../../features/settings/settings.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import { nextCronTime } from '../../platform/jobs/cron-schedule.ts'

export interface SettingsResources {
  readonly database: Database
  readonly clock: Clock
  /** Has the outdated files of an organisation generated soon. */
  requestPublication(organisation: number): void
}

/** Settings of organisations, ready to serve. */
export interface Settings {
  readonly routes: readonly Route[]
}

export function wireSettings({ database, clock, requestPublication }: SettingsResources): Settings {
  return {
    routes: settingsRoutes({
      settings: sqlSettingsStore(database),
      clock,
      nextTime: nextCronTime,
      requestPublication,
      inTransaction: (work) => database.transaction((tx) => work(storesOn(tx))),
    }),
  }
}

function storesOn(tx: Connection) {
  return {
    settings: sqlSettingsStore(tx),
    audit: sqlAuditStore(tx),
    applyAll: (organisation: number) => sqlBatchStore(tx).applyAll(organisation),
  }
}
