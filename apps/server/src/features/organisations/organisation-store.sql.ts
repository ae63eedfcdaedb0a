import { containsPattern, containsSql } from '../../platform/database/contains-pattern.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { violatedConstraint } from '../../platform/database/violated-constraint.ts'
import { type Organisation, organisationErrors } from './organisation.ts'
import type { OrganisationStore } from './organisation-store.ts'

interface Row {
  readonly id: number
  readonly name: string
  readonly enabled: boolean
  readonly created_at: Date
  readonly connector_retention_period: number
}

const COLUMNS = 'id, name, enabled, created_at, connector_retention_period'

const MATCHING = `from organisation where ($1::int is null or id = $1) and ($2::text is null or ${containsSql('name', '$2')})`
// Names are unique, whatever the case, and their index is the order of the list; a tie in time is broken by the id.
const ORDERS = { organisation_id: ['id'], name: ['lower(name)'], created_at: ['created_at', 'id'] } as const

const listed = (sort: keyof typeof ORDERS, direction: 'asc' | 'desc') =>
  statement<Row>(
    `organisations.list.${sort}-${direction}`,
    `select ${COLUMNS} ${MATCHING}
     order by ${ORDERS[sort].map((column) => `${column} ${direction}`).join(', ')} offset $3 limit $4`,
  )
const listedBy = (sort: keyof typeof ORDERS) => ({ up: listed(sort, 'asc'), down: listed(sort, 'desc') })
const LISTS = {
  organisation_id: listedBy('organisation_id'),
  name: listedBy('name'),
  created_at: listedBy('created_at'),
}
const COUNT = statement<{ readonly total: number }>('organisations.count', `select count(*)::int as total ${MATCHING}`)
const FIND = statement<Row>('organisations.find', `select ${COLUMNS} from organisation where id = $1`)
const IS_ENABLED = statement<Pick<Row, 'enabled'>>(
  'organisations.is-enabled',
  'select enabled from organisation where id = $1',
)
const FIND_FOR_CHANGE = statement<Row>(
  'organisations.find-for-change',
  `select ${COLUMNS} from organisation where id = $1 for no key update`,
)
const ADD = statement<Row>(
  'organisations.add',
  `insert into organisation (name, created_at, connector_retention_period) values ($1, $2, $3) returning ${COLUMNS}`,
)
const SAVE = statement(
  'organisations.save',
  'update organisation set name = $2, enabled = $3, connector_retention_period = $4 where id = $1',
)

/** Organisations in the table `organisation`. */
export function sqlOrganisationStore(connection: Connection): OrganisationStore {
  return {
    async list({ only = null, search, sort, descending, offset, limit }) {
      const scope = [only, search === undefined ? null : containsPattern(search)]
      const rows = await connection.query(LISTS[sort][descending ? 'down' : 'up'], [...scope, offset, limit])
      const [count] = await connection.query(COUNT, scope)
      return { items: rows.map(toOrganisation), total: count?.total ?? 0 }
    },
    async find(id) {
      const [row] = await connection.query(FIND, [id])
      return row && toOrganisation(row)
    },
    isEnabled: async (id) => (await connection.query(IS_ENABLED, [id]))[0]?.enabled,
    async findForChange(id) {
      const [row] = await connection.query(FIND_FOR_CHANGE, [id])
      return row && toOrganisation(row)
    },
    async add({ name, createdAt, connectorRetentionPeriod }) {
      const [row] = await uniquelyNamed(name, () => connection.query(ADD, [name, createdAt, connectorRetentionPeriod]))
      if (!row) throw new Error('An insert returned no row.')
      return toOrganisation(row)
    },
    async save({ id, name, enabled, connectorRetentionPeriod }) {
      await uniquelyNamed(name, () => connection.query(SAVE, [id, name, enabled, connectorRetentionPeriod]))
    },
  }
}

async function uniquelyNamed<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    throw violatedConstraint(error) === 'organisation_name' ? organisationErrors.name_taken(name) : error
  }
}

function toOrganisation({ id, name, enabled, created_at, connector_retention_period }: Row): Organisation {
  return { id, name, enabled, createdAt: created_at, connectorRetentionPeriod: connector_retention_period }
}
