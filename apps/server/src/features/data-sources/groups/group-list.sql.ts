import type { Connection } from '../../../platform/database/database.ts'
import { FilteredList } from '../../../platform/database/filtered-list.ts'
import { GROUP_COLUMNS, type GroupRow, toGroup } from './group-row.sql.ts'
import type { GroupReadModel } from './group-store.ts'

const GROUPS = new FilteredList<GroupRow>({
  name: 'groups.list',
  table: 'data_source_group',
  scoped: 2,
  select: GROUP_COLUMNS,
  narrowedBy: ['parent_id'],
})

export function sqlGroupReadModel(connection: Connection): GroupReadModel {
  return {
    async list({ organisation, userId, filter, parentId }) {
      const only = parentId === undefined ? undefined : { parent_id: parentId }
      const { items, total } = await GROUPS.page(connection, { scope: [organisation, userId], filter, only })
      return { items: items.map(toGroup), total }
    },
  }
}
