import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { ScheduledSettings } from './settings.ts'
import type { ChangeableSettings, SettingsStore } from './settings-store.ts'

const TAKE_TURN = statement(
  'settings.take-turn',
  'select from organisation_model where organisation_id = $1 for update',
)

const READ = statement<ScheduledSettings>(
  'settings.read',
  `select model.batched_updates as "batchedUpdates", setting.enforcement_schedule as "enforcementSchedule",
          coalesce(setting.local_users, true) as "localUsers", setting.directory_sync_schedule as "directorySyncSchedule",
          coalesce(setting.directory_removal_share, 20) as "directoryRemovalShare",
          coalesce(setting.checkout_reason_required, false) as "checkoutReasonRequired",
          case when setting.organisation_id is null then 180 else setting.secret_reminder_days end as "secretReminderDays",
          setting.next_enforcement_at as "nextEnforcementAt", setting.next_directory_sync_at as "nextDirectorySyncAt"
   from organisation_model model left join organisation_setting setting using (organisation_id)
   where model.organisation_id = $1`,
)

const SAVE = statement(
  'settings.save',
  `with batching as (update organisation_model set batched_updates = $2 where organisation_id = $1)
   insert into organisation_setting (organisation_id, enforcement_schedule, local_users, directory_sync_schedule,
     directory_removal_share, next_enforcement_at, next_directory_sync_at, checkout_reason_required, secret_reminder_days)
   values ($1, $3, $4, $5, $6, $7, $8, $9, $10)
   on conflict (organisation_id) do update set
     enforcement_schedule = excluded.enforcement_schedule, local_users = excluded.local_users,
     directory_sync_schedule = excluded.directory_sync_schedule, directory_removal_share = excluded.directory_removal_share,
     next_enforcement_at = excluded.next_enforcement_at, next_directory_sync_at = excluded.next_directory_sync_at,
     checkout_reason_required = excluded.checkout_reason_required, secret_reminder_days = excluded.secret_reminder_days`,
)

/** Settings in `organisation_setting`; whether updates are batched, in the row that turns are taken at. */
export function sqlSettingsStore(connection: Connection): SettingsStore & ChangeableSettings {
  const read = async (organisation: number): Promise<ScheduledSettings> => {
    const [settings] = await connection.query(READ, [organisation])
    if (!settings) throw new Error(`Organisation ${organisation} has no model.`)
    return settings
  }
  return {
    read,
    readForChange: async (organisation) => {
      const [, settings] = await Promise.all([connection.query(TAKE_TURN, [organisation]), read(organisation)])
      return settings
    },
    save: async (organisation, settings) => {
      await connection.query(SAVE, [
        organisation,
        settings.batchedUpdates,
        settings.enforcementSchedule,
        settings.localUsers,
        settings.directorySyncSchedule,
        settings.directoryRemovalShare,
        settings.nextEnforcementAt,
        settings.nextDirectorySyncAt,
        settings.checkoutReasonRequired,
        settings.secretReminderDays,
      ])
    },
  }
}
