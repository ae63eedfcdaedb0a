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
}

const LIST = statement<Row>(
  'organisations.list',
  `select id, name, enabled, created_at from organisation where $1::int is null or id = $1
   order by id offset $2 limit $3`,
)
const COUNT = statement<{ readonly total: number }>(
  'organisations.count',
  'select count(*)::int as total from organisation where $1::int is null or id = $1',
)
const FIND_FOR_CHANGE = statement<Row>(
  'organisations.find-for-change',
  'select id, name, enabled, created_at from organisation where id = $1 for no key update',
)
const ADD = statement<Row>(
  'organisations.add',
  'insert into organisation (name, created_at) values ($1, $2) returning id, name, enabled, created_at',
)
const SAVE = statement('organisations.save', 'update organisation set name = $2, enabled = $3 where id = $1')

/** Organisations in the table `organisation`. */
export function sqlOrganisationStore(connection: Connection): OrganisationStore {
  return {
    async list({ only = null, offset, limit }) {
      const rows = await connection.query(LIST, [only, offset, limit])
      const [count] = await connection.query(COUNT, [only])
      return { items: rows.map(toOrganisation), total: count?.total ?? 0 }
    },
    async findForChange(id) {
      const [row] = await connection.query(FIND_FOR_CHANGE, [id])
      return row && toOrganisation(row)
    },
    async add(name, at) {
      const [row] = await uniquelyNamed(name, () => connection.query(ADD, [name, at]))
      if (!row) throw new Error('An insert returned no row.')
      return toOrganisation(row)
    },
    async save({ id, name, enabled }) {
      await uniquelyNamed(name, () => connection.query(SAVE, [id, name, enabled]))
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

function toOrganisation({ id, name, enabled, created_at }: Row): Organisation {
  return { id, name, enabled, createdAt: created_at }
}
