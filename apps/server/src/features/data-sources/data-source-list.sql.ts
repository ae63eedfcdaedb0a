import type { Connection } from '../../platform/database/database.ts'
import { FilteredList } from '../../platform/database/filtered-list.ts'
import { DATA_SOURCE_COLUMNS, type DataSourceRow, toDataSource } from './data-source-row.sql.ts'
import type { DataSourceReadModel } from './data-source-store.ts'

const DATA_SOURCES = new FilteredList<DataSourceRow>({
  name: 'data-sources.list',
  table: 'data_source',
  scoped: 2,
  select: DATA_SOURCE_COLUMNS,
  narrowedBy: ['group_id'],
})

export function sqlDataSourceReadModel(connection: Connection): DataSourceReadModel {
  return {
    async list({ organisation, userId, filter, groupId }) {
      const only = groupId === undefined ? undefined : { group_id: groupId }
      const { items, total } = await DATA_SOURCES.page(connection, { scope: [organisation, userId], filter, only })
      return { items: items.map(toDataSource), total }
    },
  }
}
