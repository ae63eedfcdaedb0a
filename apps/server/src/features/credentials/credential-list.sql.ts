import type { Connection } from '../../platform/database/database.ts'
import { FilteredList } from '../../platform/database/filtered-list.ts'
import { statement } from '../../platform/database/statement.ts'
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

// In a statement of its own: whether the index of ages or that of names is best depends on how many are that old.
const STALE_SINCE = statement<{ readonly since: Date | null }>(
  'credentials.stale-since',
  `select $2::timestamptz - ${REMINDER_DAYS} * interval '1 day' as since
   from (select) one left join organisation_setting setting on setting.organisation_id = $1`,
)
const STALE = new FilteredList<CredentialRow>({
  name: 'credentials.list-stale',
  table: '(select * from login_credential where secret_set_at <= $2::timestamptz)',
  scoped: 2,
  select: CREDENTIAL_COLUMNS,
  isPlannedEachTime: true,
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

async function page(connection: Connection, { organisation, filter, dataSource, staleAt }: CredentialQuery) {
  const scope = [organisation]
  if (staleAt) {
    const [{ since } = { since: null }] = await connection.query(STALE_SINCE, [organisation, staleAt])
    return since ? await STALE.page(connection, { scope: [organisation, since], filter }) : { items: [], total: 0 }
  }
  if (dataSource === undefined) return await ALL.page(connection, { scope, filter })
  return await OF_DATA_SOURCE.page(connection, { scope, filter, only: { data_source_id: dataSource } })
}
