import type { ListSource, PagedLists } from '../../platform/database/paged-list.ts'
import {
  type ConnectorRow,
  connectorColumns,
  FILTERED,
  filterValues,
  joinOwners,
  toConnector,
} from './connector-row.sql.ts'
import type { ConnectorReadModel } from './connector-store.ts'

const CONNECTORS: ListSource<ConnectorRow> = {
  name: 'connectors',
  base: `select * from connector where ${FILTERED}`,
  own: {
    connector_id: 'base.id',
    created_at: 'base.created_at',
    last_used_at: 'base.last_used_at',
    state_changed_at: 'base.state_changed_at',
  },
  join: joinOwners('base'),
  joined: { username: 'app_user.username' },
  // As the filters take it: one that was never used was used last when it was created.
  sortedBy: { last_used_at: 'coalesce(base.last_used_at, base.created_at)' },
  select: connectorColumns('base'),
  tieBreak: 'id',
}

export function sqlConnectorReadModel(lists: PagedLists): ConnectorReadModel {
  return {
    async list({ organisation, filter, sort, pageNumber, pageSize }) {
      const request = { pageNumber, pageSize, sort, search: [] }
      const { items, total } = await lists.page(CONNECTORS, { scope: filterValues(organisation, filter), request })
      return { items: items.map(toConnector), total }
    },
  }
}
