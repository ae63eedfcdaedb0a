import type { Principal } from '../../kernel/principal.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { dataSourceName } from '../repositories/index.ts'
import { effectiveRight, type PermissionType } from '../rules/index.ts'
import { readRights } from './rights.sql.ts'

const FIND = statement<{ id: string; head: number; enforced: number }>(
  'enforcement.find-data-source',
  `select repository.id, model.head, model.enforced
   from repository join organisation_model model on model.organisation_id = repository.organisation_id
   where repository.organisation_id = $1 and lower(repository.name) = $2`,
)

/** What the enforced rules let a user do with a data source: NONE where no rule speaks to them of it. */
export async function readDataSourceRight(
  connection: Connection,
  { organisation, username, dataSource }: DataSourceQuestion,
): Promise<PermissionType> {
  const [found] = await connection.query(FIND, [organisation, dataSourceName(dataSource)])
  if (!found) return 'NONE'
  const state = found.enforced === found.head ? 'head' : { revision: found.enforced }
  const rights = (await readRights(connection, { organisation, state }, [found.id])).get(found.id)
  return rights ? effectiveRight(rights, '/', username) : 'NONE'
}

/** True when the enforced rules of the caller's own organisation let them use its data source, if only to read. */
export async function mayUseByRules(connection: Connection, caller: Principal, dataSource: number): Promise<boolean> {
  const { organisation, homeOrganisation, username } = caller
  // Elsewhere the name may be another's.
  if (organisation !== homeOrganisation) return false
  return (await readDataSourceRight(connection, { organisation, username, dataSource })) !== 'NONE'
}

export interface DataSourceQuestion {
  readonly organisation: number
  readonly username: string
  readonly dataSource: number
}
