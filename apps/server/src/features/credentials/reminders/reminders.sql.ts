import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import type { OldSecret, Reminder, ReminderReads, ReminderStore } from './reminder-store.ts'

/**
 * How many days a password is good for, null for ever, over `setting`, outer joined. The default is that of organisations that never
 * changed a setting (settings.sql.ts).
 */
export const REMINDER_DAYS = 'case when setting.organisation_id is null then 180 else setting.secret_reminder_days end'

const TAKE_DUE = statement<{ readonly id: number }>(
  'reminders.take-due',
  `update login_credential set reminded_at = $1 where id in (
     select credential.id from login_credential credential
     join organisation on organisation.id = credential.organisation_id and organisation.enabled
     left join organisation_setting setting on setting.organisation_id = credential.organisation_id
     where credential.sealed_secret is not null and credential.secret_set_at < $1
       and greatest(credential.secret_set_at, credential.reminded_at) <= $1::timestamptz - ${REMINDER_DAYS} * interval '1 day'
     order by credential.secret_set_at, credential.id limit $2
     for update of credential skip locked
   ) returning id`,
)
const LIST_STEWARDS = statement<Reminder>(
  'reminders.list-stewards',
  `with recursive above as (
     select link.credential_id, source.group_id as id
     from data_source_credential link join data_source source on source.id = link.data_source_id
     where link.credential_id = any($1::int[]) and source.group_id is not null
     union
     select above.credential_id, parent.parent_id
     from above join data_source_group parent on parent.id = above.id where parent.parent_id is not null
   ), steward as (
     select link.credential_id, steward.user_id
     from data_source_credential link join data_source_steward steward using (data_source_id)
     where link.credential_id = any($1::int[])
     union
     select above.credential_id, steward.user_id
     from above join data_source_group_steward steward on steward.group_id = above.id
   )
   select steward.user_id as "userId", array_agg(steward.credential_id order by steward.credential_id) as credentials
   from steward join app_user on app_user.id = steward.user_id
   where app_user.enabled and app_user.email is not null
   group by steward.user_id order by steward.user_id`,
)
const FIND_ADDRESS = statement<{ readonly email: string; readonly name: string }>(
  'reminders.find-address',
  `select email, coalesce(display_name, username) as name from app_user
   where id = $1 and enabled and email is not null`,
)
const LIST_OLD = statement<OldSecret>(
  'reminders.list-old',
  `select credential.id, credential.name, credential.secret_set_at as "setAt",
     array(
       select source.name from data_source_credential link join data_source source on source.id = link.data_source_id
       where link.credential_id = credential.id order by source.name_key limit 5
     ) as "dataSources"
   from login_credential credential
   where credential.id = any($1::int[]) and credential.reminded_at is not null order by credential.secret_set_at, credential.id`,
)

/** Reminders of the secrets in `login_credential`; changing one of these makes it forget when it was last reminded of. */
export function sqlReminders(connection: Connection): ReminderStore & ReminderReads {
  return {
    async takeDue(now, limit) {
      const due = (await connection.query(TAKE_DUE, [now, limit])).map(({ id }) => id)
      const reminders = due.length === 0 ? [] : await connection.query(LIST_STEWARDS, [due])
      return { taken: due.length, reminders }
    },
    async findForMail({ userId, credentials }) {
      const [address] = await connection.query(FIND_ADDRESS, [userId])
      return address && { ...address, secrets: await connection.query(LIST_OLD, [credentials]) }
    },
  }
}
