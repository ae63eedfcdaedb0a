/** A table of version rows, with the columns that tell what a row says; `since` and `until` tell when. */
export interface VersionedTable {
  readonly table: string
  readonly columns: string
  /** Condition for the rows of the organisation `$1`. */
  readonly scope: string
}

const IN_TEAM = 'team_id in (select id from team where organisation_id = $1)'
const IN_RULE = `rule_id in (
  select rule.id from rule join team on team.id = rule.team_id where team.organisation_id = $1)`

/** All there are. */
export const VERSIONED_TABLES = [
  {
    table: 'team_version',
    columns: 'team_id, organisation_id, name, name_key, description, parent_id, ldap_authority, ldap_filter',
    scope: 'organisation_id = $1',
  },
  { table: 'membership', columns: 'team_id, user_id, username', scope: IN_TEAM },
  { table: 'leader_version', columns: 'leader_id, team_id, user_id, username, flags', scope: IN_TEAM },
  { table: 'resource_version', columns: 'resource_id, team_id, repository_id, repository_name, path', scope: IN_TEAM },
  {
    table: 'rule_version',
    columns: 'rule_id, team_id, organisation_id, name, name_key, description, audience',
    scope: 'organisation_id = $1',
  },
  { table: 'rule_member', columns: 'rule_id, user_id, username', scope: IN_RULE },
  {
    table: 'permission_version',
    columns: 'permission_id, rule_id, resource_id, repository_id, type, path, effective_path',
    scope: IN_RULE,
  },
] as const satisfies readonly VersionedTable[]
