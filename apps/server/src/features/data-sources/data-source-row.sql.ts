import type { LinkedCredential } from './credential-links.ts'
import type { DataSource } from './data-source.ts'
import { personName } from './entries/people.sql.ts'
import type { Person } from './entries/person.ts'

export interface DataSourceRow {
  readonly id: number
  readonly name: string
  readonly database_type: DataSource['databaseType']
  readonly host: string
  readonly port: number | null
  readonly database: string
  readonly description: string
  readonly status: string
  readonly aliases: string
  readonly abbreviations: string
  readonly user_data: string
  readonly properties: Readonly<Record<string, string>>
  readonly group_id: number | null
  readonly created_at: Date
  readonly modified_at: Date
  readonly is_followed: boolean
  readonly stewards: readonly Person[]
  readonly login_credentials: readonly LinkedCredential[]
}

/** Of a data source as `base`, for the user `$2`. */
export const DATA_SOURCE_COLUMNS = `base.id, base.name, base.database_type, base.host, base.port, base.database, base.description,
  base.status, base.aliases, base.abbreviations, base.user_data, base.properties, base.group_id, base.created_at, base.modified_at,
  exists (
    select from data_source_follower follower where follower.data_source_id = base.id and follower.user_id = $2::uuid
  ) as is_followed,
  (${stewardsOf('data_source_steward', 'data_source_id')}) as stewards,
  (
    select coalesce(json_agg(json_build_object('id', credential.id, 'name', credential.name) order by credential.name_key), '[]')
    from data_source_credential link join login_credential credential on credential.id = link.credential_id
    where link.data_source_id = base.id
  ) as login_credentials`

/** A query for the stewards of `base` as JSON, by name. */
export function stewardsOf(table: string, column: string): string {
  const name = personName('app_user')
  return `select coalesce(json_agg(json_build_object('id', app_user.id, 'name', ${name}) order by ${name}, app_user.id), '[]')
    from ${table} steward join app_user on app_user.id = steward.user_id where steward.${column} = base.id`
}

export function toDataSource(row: DataSourceRow): DataSource {
  return {
    id: row.id,
    name: row.name,
    databaseType: row.database_type,
    host: row.host,
    port: row.port,
    database: row.database,
    description: row.description,
    status: row.status,
    aliases: row.aliases,
    abbreviations: row.abbreviations,
    userData: row.user_data,
    properties: row.properties,
    groupId: row.group_id,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    isFollowed: row.is_followed,
    stewards: row.stewards,
    loginCredentials: row.login_credentials,
  }
}
