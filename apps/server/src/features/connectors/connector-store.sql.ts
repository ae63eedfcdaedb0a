import type { UserId } from '../../kernel/ids.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { ConnectorState } from './connector.ts'
import {
  type ConnectorRow,
  connectorColumns,
  FILTERED,
  filterValues,
  joinOwners,
  toConnector,
} from './connector-row.sql.ts'
import type { ConnectorStore, SweptConnector } from './connector-store.ts'

interface IdRow {
  readonly id: number
}

const SELECT = `select ${connectorColumns('connector')} from connector ${joinOwners('connector')}`

const FIND = statement<ConnectorRow>('connectors.find', `${SELECT} where connector.id = $1`)
// Always locked in the same order: two bulk changes wait for, and never block, each other.
const FIND_FOR_CHANGE = statement<ConnectorRow>(
  'connectors.find-for-change',
  `${SELECT} where connector.id = any($1::int[]) order by connector.id for no key update of connector`,
)
const FIND_IDS = statement<IdRow>(
  'connectors.find-ids',
  `select id from connector where ${FILTERED} and id > $7 and id <= $8 order by id limit $9`,
)
const MEASURE = statement<{ readonly total: number; readonly last_id: number }>(
  'connectors.measure',
  `select count(*)::int as total, coalesce(max(id), 0) as last_id from connector where ${FILTERED}`,
)
// The state is looked at again once the row is free: of two that change it at once, the second finds nothing to change.
const CHANGE_STATE = statement<IdRow>(
  'connectors.change-state',
  `update connector set state = $3, state_changed_at = $4, state_changed_by = $5,
     wipe_ordered_at = case when $3 = 'Wipe' then $4 else wipe_ordered_at end
   where id = any($1::int[]) and state = $2 returning id`,
)
const REMOVE = statement<IdRow>(
  'connectors.remove',
  'delete from connector where id = any($1::int[]) and state = $2 returning id',
)
const REMOVE_UNUSED = statement<{
  readonly id: number
  readonly state: ConnectorState
  readonly organisation_id: number
  readonly user_id: UserId
  readonly last_used_at: Date | null
  readonly period_days: number
}>(
  'connectors.remove-unused',
  `with unused as (
     select connector.id, organisation.connector_retention_period as period_days
     from connector join organisation on organisation.id = connector.organisation_id
     where connector.id > $2 and connector.created_by = 'registration' and connector.state <> 'Wipe'
       and coalesce(connector.last_used_at, connector.created_at)
         < $1::timestamptz - organisation.connector_retention_period * interval '24 hours'
     order by connector.id limit $3 for update of connector skip locked
   ), removed as (
     delete from connector using unused where connector.id = unused.id
     returning connector.id, state, organisation_id, user_id, last_used_at, period_days
   )
   select * from removed order by id`,
)

/** Connectors in the table `connector`, whose triggers tell those who wait. */
export function sqlConnectorStore(connection: Connection): ConnectorStore {
  return {
    async find(id) {
      const [row] = await connection.query(FIND, [id])
      return row && toConnector(row)
    },
    async findForChange(ids) {
      return (await connection.query(FIND_FOR_CHANGE, [ids])).map(toConnector)
    },
    async findIds(organisation, filter, { after, upTo, limit }) {
      const rows = await connection.query(FIND_IDS, [...filterValues(organisation, filter), after, upTo, limit])
      return rows.map(({ id }) => id)
    },
    async measure(organisation, filter) {
      const [row] = await connection.query(MEASURE, filterValues(organisation, filter))
      return { total: row?.total ?? 0, lastId: row?.last_id ?? 0 }
    },
    async changeState(ids, from, { to, at, by }) {
      return (await connection.query(CHANGE_STATE, [ids, from, to, at, by])).map(({ id }) => id)
    },
    async remove(ids, from) {
      return (await connection.query(REMOVE, [ids, from])).map(({ id }) => id)
    },
    async removeUnused(now, { after, limit }) {
      const rows = await connection.query(REMOVE_UNUSED, [now, after, limit])
      return rows.map(
        (row): SweptConnector => ({
          id: row.id,
          state: row.state,
          organisation: row.organisation_id,
          userId: row.user_id,
          lastUsedAt: row.last_used_at ?? undefined,
          periodDays: row.period_days,
        }),
      )
    },
  }
}
