import type { Connection } from '../../platform/database/database.ts'
import { FilteredList } from '../../platform/database/filtered-list.ts'
import { CREDENTIAL_COLUMNS, type CredentialRow, toCredential } from './credential-row.sql.ts'
import type { CredentialQuery, CredentialReadModel } from './credential-store.ts'
import { REMINDER_DAYS } from './reminders/reminders.sql.ts'

const ALL = new FilteredList<CredentialRow>({
  name: 'credentials.list',
  table: 'login_credential',
  scoped: 1,
  select: CREDENTIAL_COLUMNS,
})

const OF_DATA_SOURCE = new FilteredList<CredentialRow>({
  name: 'credentials.list-of-data-source',
  table: `(select credential.*, link.data_source_id from login_credential credential
           join data_source_credential link on link.credential_id = credential.id)`,
  scoped: 1,
  select: CREDENTIAL_COLUMNS,
  narrowedBy: ['data_source_id'],
})

// The days in a sub-select: known before the rows are looked for, they make a range of the index of ages.
const STALE = new FilteredList<CredentialRow>({
  name: 'credentials.list-stale',
  table: `(select * from login_credential where secret_set_at <= $2::timestamptz - interval '1 day' * (
             select ${REMINDER_DAYS} from (select) one left join organisation_setting setting on setting.organisation_id = $1))`,
  scoped: 2,
  select: CREDENTIAL_COLUMNS,
})

/** Lists of login credentials, by name. */
export function sqlCredentialReadModel(connection: Connection): CredentialReadModel {
  return {
    async list(query) {
      const { items, total } = await page(connection, query)
      return { items: items.map(toCredential), total }
    },
  }
}

function page(connection: Connection, { organisation, filter, dataSource, staleAt }: CredentialQuery) {
  if (staleAt) return STALE.page(connection, { scope: [organisation, staleAt], filter })
  const scope = [organisation]
  if (dataSource === undefined) return ALL.page(connection, { scope, filter })
  return OF_DATA_SOURCE.page(connection, { scope, filter, only: { data_source_id: dataSource } })
}
