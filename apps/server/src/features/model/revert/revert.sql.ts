import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import type { RevertReads, RevertWrites } from './revert-store.ts'
import { VERSIONED_TABLES } from './versioned-tables.ts'

/** Holds at the head, and did not at revision `$2`. */
const CAME_SINCE = `until = ${STILL} and since > $2`
/** Held at revision `$2`, and does not at the head. */
const WENT_SINCE = `until < ${STILL} and until > $2 and since <= $2`

type TableName = (typeof VERSIONED_TABLES)[number]['table']

function changed(name: TableName, column: string): string {
  const scope = VERSIONED_TABLES.find(({ table }) => table === name)?.scope
  return `select ${column} from ${name} where ${scope} and ((${CAME_SINCE}) or (${WENT_SINCE}))`
}

function broughtBack(name: TableName, column = 'user_id'): string {
  const scope = VERSIONED_TABLES.find(({ table }) => table === name)?.scope
  return `select ${column} from ${name} where ${scope} and ${WENT_SINCE}`
}

// A permission that did not change itself says something else where its rule did.
const REPOSITORIES_CHANGED = statement<{ id: string }>(
  'revert.repositories-changed',
  `with changed_rule as (${changed('rule_version', 'rule_id')} union ${changed('rule_member', 'rule_id')})
   select repository_id::text as id from (${changed('permission_version', 'repository_id')}) permission
   union
   select repository_id::text from permission_version
   where until = ${STILL} and rule_id in (select rule_id from changed_rule)`,
)

const DISABLED = statement<{ username: string }>(
  'revert.disabled',
  `select username from app_user
   where organisation_id = $1 and not enabled and id in (
     ${broughtBack('membership')} union ${broughtBack('leader_version')} union ${broughtBack('rule_member')})
   order by username limit $3`,
)

const FORGOTTEN = statement<{ name: string }>(
  'revert.forgotten',
  `select name from team_version
   where organisation_id = $1 and ${WENT_SINCE} and ldap_authority is not null
     and not exists (select from ldap_authority where ldap_authority.id = team_version.ldap_authority)
   order by name limit $3`,
)

// A deletion that has begun is waited for: `held` sees what has become of the data source.
const FORGOTTEN_DATA_SOURCES = statement<{ name: string }>(
  'revert.forgotten-data-sources',
  `with named as materialized (
     select name, data_source_id from repository
     where type = 'DATASOURCE' and id in (${broughtBack('resource_version', 'repository_id')})),
   held as materialized (
     select id from data_source where id in (select data_source_id from named) order by id for share)
   select name from named where not exists (select from held where held.id = named.data_source_id)
   order by name limit $3`,
)

export function sqlRevertReads(tx: Connection, organisation: number): RevertReads {
  return {
    repositoriesChangedSince: async (revision) =>
      (await tx.query(REPOSITORIES_CHANGED, [organisation, revision])).map(({ id }) => id),
    disabledUsersBroughtBack: async (revision, limit) =>
      (await tx.query(DISABLED, [organisation, revision, limit])).map(({ username }) => username),
    teamsOfForgottenDirectories: async (revision, limit) =>
      (await tx.query(FORGOTTEN, [organisation, revision, limit])).map(({ name }) => name),
    forgottenDataSources: async (revision, limit) =>
      (await tx.query(FORGOTTEN_DATA_SOURCES, [organisation, revision, limit])).map(({ name }) => name),
  }
}

// Two statements for all tables: what came must be closed before what went can be unique at the head again.
const CLOSE = statement(
  'revert.close',
  joined(({ table, scope }) => `update ${table} set until = $3 where ${scope} and ${CAME_SINCE}`),
)

const REOPEN = statement(
  'revert.reopen',
  joined(
    ({ table, columns, scope }) =>
      `insert into ${table} (${columns}, since) select ${columns}, $3 from ${table} where ${scope} and ${WENT_SINCE}`,
  ),
)

function joined(part: (table: (typeof VERSIONED_TABLES)[number]) => string): string {
  const parts = VERSIONED_TABLES.map((table) => `changed_${table.table} as (${part(table)})`)
  return `with ${parts.join(', ')} select`
}

export function sqlRevertWrites(tx: Connection, organisation: number, head: number): RevertWrites {
  return {
    revertTo: async (revision) => {
      await Promise.all([CLOSE, REOPEN].map((each) => tx.query(each, [organisation, revision, head])))
    },
  }
}
