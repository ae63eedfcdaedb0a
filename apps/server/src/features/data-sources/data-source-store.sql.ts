import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { violatedConstraint } from '../../platform/database/violated-constraint.ts'
import { DATA_SOURCE_KIND, type DataSourceFields } from './data-source.ts'
import { DATA_SOURCE_COLUMNS, type DataSourceRow, toDataSource } from './data-source-row.sql.ts'
import type { DataSourceStore } from './data-source-store.ts'
import { entryErrors } from './entries/entry-errors.ts'
import { nameKey, searchText } from './entries/entry-text.ts'

const FIND = statement<DataSourceRow>(
  'data-sources.find',
  `select ${DATA_SOURCE_COLUMNS} from data_source base where base.organisation_id = $1 and base.id = $3`,
)
const LOCK = statement<{ readonly id: number }>(
  'data-sources.lock',
  'select id from data_source where organisation_id = $1 and id = $2 for no key update',
)
const ADD = statement<{ readonly id: number }>(
  'data-sources.add',
  `insert into data_source (name, name_key, search_text, database_type, host, port, database, description, status, aliases,
     abbreviations, user_data, properties, group_id, modified_at, created_at, organisation_id, created_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $16, $17) returning id`,
)
const SAVE = statement(
  'data-sources.save',
  `update data_source set (name, name_key, search_text, database_type, host, port, database, description, status, aliases,
     abbreviations, user_data, properties, group_id, modified_at)
   = ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) where id = $16`,
)
const SET_STEWARDS = statement(
  'data-sources.set-stewards',
  `with kept as (delete from data_source_steward where data_source_id = $1 and user_id <> all ($2::uuid[]))
   insert into data_source_steward (data_source_id, user_id) select $1, unnest($2::uuid[]) on conflict do nothing`,
)
// As the model calls data sources (features/repositories).
const TEAMS_HANDING_OUT = statement<{ readonly name: string }>(
  'data-sources.teams-handing-out',
  `select distinct team.name
   from resource_version resource join team_version team on team.team_id = resource.team_id and team.until = ${STILL}
   where resource.repository_name = 'datasource:' || $1::int and resource.repository_name like 'datasource:%'
     and resource.until = ${STILL}
   order by team.name limit 5`,
)
const REMOVE = statement('data-sources.remove', 'delete from data_source where id = $1')
const FOLLOW = statement<{ readonly changed: number }>(
  'data-sources.follow',
  `insert into data_source_follower (data_source_id, user_id) values ($1, $2) on conflict do nothing returning 1 as changed`,
)
const UNFOLLOW = statement<{ readonly changed: number }>(
  'data-sources.unfollow',
  'delete from data_source_follower where data_source_id = $1 and user_id = $2 returning 1 as changed',
)

/** Data sources in the table `data_source`. */
export function sqlDataSourceStore(connection: Connection): DataSourceStore {
  return {
    async find({ organisation, userId }, id) {
      const [row] = await connection.query(FIND, [organisation, userId, id])
      return row && toDataSource(row)
    },
    lock: async (organisation, id) => (await connection.query(LOCK, [organisation, id])).length > 0,
    async add(fields, { at, by }) {
      const values = [...valuesOf(fields, at), by.organisation, by.userId]
      const [row] = await connection.query(ADD, values).catch(rethrowNamed)
      if (!row) throw new Error('An insert answered no row.')
      return row.id
    },
    async save(id, fields, at) {
      await connection.query(SAVE, [...valuesOf(fields, at), id]).catch(rethrowNamed)
    },
    async setStewards(id, userIds) {
      await connection.query(SET_STEWARDS, [id, userIds])
    },
    async remove(id) {
      await connection.query(REMOVE, [id])
    },
    teamsHandingOut: async (id) => (await connection.query(TEAMS_HANDING_OUT, [id])).map(({ name }) => name),
    async setFollowing(id, userId, isFollowed) {
      return (await connection.query(isFollowed ? FOLLOW : UNFOLLOW, [id, userId])).length > 0
    },
  }
}

function valuesOf(fields: DataSourceFields, at: Date): readonly unknown[] {
  const { name, databaseType, host, port, database, description, status, aliases, abbreviations } = fields
  const texts = [database, description, status, aliases, abbreviations, fields.userData]
  const keys = [nameKey(name), searchText(fields)]
  return [name, ...keys, databaseType, host, port, ...texts, fields.properties, fields.groupId, at]
}

function rethrowNamed(error: unknown): never {
  if (violatedConstraint(error) === 'data_source_name') throw entryErrors.name_taken(DATA_SOURCE_KIND.type)
  throw error
}
