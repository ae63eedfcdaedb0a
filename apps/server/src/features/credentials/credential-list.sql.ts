import type { Connection } from '../../platform/database/database.ts'
import { FilteredList } from '../../platform/database/filtered-list.ts'
import { CREDENTIAL_COLUMNS, type CredentialRow, toCredential } from './credential-row.sql.ts'
import type { CredentialReadModel } from './credential-store.ts'

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

/** Lists of login credentials, by name. */
export function sqlCredentialReadModel(connection: Connection): CredentialReadModel {
  return {
    async list({ organisation, filter, dataSource }) {
      const scope = [organisation]
      const { items, total } =
        dataSource === undefined
          ? await ALL.page(connection, { scope, filter })
          : await OF_DATA_SOURCE.page(connection, { scope, filter, only: { data_source_id: dataSource } })
      return { items: items.map(toCredential), total }
    },
  }
}
