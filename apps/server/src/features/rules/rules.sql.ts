import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { nameKey } from '../teams/index.ts'
import { sqlBrowsingReads } from './permissions/browsing-reads.sql.ts'
import type { Rule } from './rule.ts'
import { findRule } from './rule-lists.sql.ts'
import type { PlacedPermission, ResourcePlace, RuleReads, RuleWrites, SpokenPath } from './rule-store.ts'

const FIND_NAMED = statement<{ id: string }>(
  'rule.find-named',
  `select rule_id as id from rule_version where team_id = $1 and name_key = $2 and until = ${STILL}`,
)

const REPOSITORIES_OF = statement<{ id: string }>(
  'rule.repositories-of',
  `select distinct repository_id::text as id from permission_version where rule_id = $1 and until = ${STILL}`,
)

const NOT_IN_RULE = statement<{ id: string }>(
  'rule.not-in-rule',
  `select wanted.id::text from unnest($2::uuid[]) as wanted (id) where not exists (
     select from rule_member where user_id = wanted.id and rule_id = $1 and until = ${STILL})`,
)

const RESOURCES_OF_TEAM = statement<ResourcePlace>(
  'rule.resources-of-team',
  `select resource_id as id, repository_id as "repositoryId", repository_name as "repositoryName", path from resource_version
   where resource_id = any($2::uuid[]) and team_id = $1 and until = ${STILL}`,
)

const SPOKEN_OF = statement<SpokenPath>(
  'rule.spoken-of',
  `select permission_id as id, resource_id as resource, effective_path as "effectivePath" from permission_version
   where rule_id = $1 and resource_id = any($2::uuid[]) and until = ${STILL}`,
)

const PERMISSIONS_OF_RULE = statement<PlacedPermission>(
  'rule.permissions-of-rule',
  `select permission_id as id, type as "permissionType", path, rule_id as "ownerRule", resource_id as "ownerResource",
     repository_id as "repositoryId", effective_path as "effectivePath"
   from permission_version where permission_id = any($2::uuid[]) and rule_id = $1 and until = ${STILL}`,
)

export function sqlRuleReads(tx: Connection, organisation: number): RuleReads {
  return {
    findRule: (team, id) => findRule(tx, organisation, team, id),
    findRuleNamed: async (team, key) => (await tx.query(FIND_NAMED, [team, key]))[0]?.id,
    repositoriesOfRule: async (id) => (await tx.query(REPOSITORIES_OF, [id])).map((row) => row.id),
    notInRule: async (id, users) => (await tx.query(NOT_IN_RULE, [id, users])).map((row) => row.id),
    resourcesOfTeam: (team, ids) => tx.query(RESOURCES_OF_TEAM, [team, ids]),
    spokenOf: (rule, resources) => tx.query(SPOKEN_OF, [rule, resources]),
    permissionsOfRule: (rule, ids) => tx.query(PERMISSIONS_OF_RULE, [rule, ids]),
    ...sqlBrowsingReads(tx),
  }
}

const OPEN = statement(
  'rule.open',
  `with identity as (insert into rule (id, team_id) values ($1, $2) on conflict (id) do nothing)
   insert into rule_version (rule_id, team_id, organisation_id, name, name_key, description, audience, since)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
)

const CLOSE_VERSION = statement(
  'rule.close-version',
  `update rule_version set until = $2 where rule_id = $1 and until = ${STILL}`,
)

const CLOSE = statement(
  'rule.close',
  `with members as (update rule_member set until = $2 where rule_id = $1 and until = ${STILL}),
   permissions as (update permission_version set until = $2 where rule_id = $1 and until = ${STILL})
   update rule_version set until = $2 where rule_id = $1 and until = ${STILL}`,
)

const ADD_MEMBERS = statement(
  'rule.add-members',
  `insert into rule_member (rule_id, user_id, username, since)
   select $1, id, username, $3 from app_user where id = any($2::uuid[])
   on conflict (user_id, rule_id) where until = ${STILL} do nothing`,
)

const REMOVE_MEMBERS = statement(
  'rule.remove-members',
  `update rule_member set until = $3 where rule_id = $1 and user_id = any($2::uuid[]) and until = ${STILL}`,
)

const OPEN_PERMISSIONS = statement(
  'rule.open-permissions',
  `with row as (
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[])
       as t (id, rule_id, resource_id, repository_id, type, path, effective_path)),
   identity as (insert into permission (id, rule_id, resource_id) select id, rule_id, resource_id from row
                on conflict (id) do nothing)
   insert into permission_version
     (permission_id, rule_id, resource_id, repository_id, type, path, effective_path, since)
   select id, rule_id, resource_id, repository_id, type, path, effective_path, $8 from row`,
)

const CLOSE_PERMISSIONS = statement(
  'rule.close-permissions',
  `update permission_version set until = $2 where permission_id = any($1::uuid[]) and until = ${STILL}`,
)

export function sqlRuleWrites(tx: Connection, organisation: number, revision: number): RuleWrites {
  const openVersion = async ({ id, ownerTeam, ruleName, description, audience }: Rule) => {
    const values = [id, ownerTeam, organisation, ruleName, nameKey(ruleName), description, audience, revision]
    await tx.query(OPEN, values)
  }
  const openPermissions = async (permissions: readonly PlacedPermission[]) => {
    await tx.query(OPEN_PERMISSIONS, [...columnsOf(permissions), revision])
  }
  const closePermissions = async (ids: readonly string[]) => {
    await tx.query(CLOSE_PERMISSIONS, [ids, revision])
  }
  return {
    insertRule: openVersion,
    changeRule: async (rule) => {
      await tx.query(CLOSE_VERSION, [rule.id, revision])
      await openVersion(rule)
    },
    removeRule: async (id) => {
      await tx.query(CLOSE, [id, revision])
    },
    addRuleMembers: async (id, users) => {
      await tx.query(ADD_MEMBERS, [id, users, revision])
    },
    removeRuleMembers: async (id, users) => {
      await tx.query(REMOVE_MEMBERS, [id, users, revision])
    },
    insertPermissions: openPermissions,
    changePermissions: async (permissions) => {
      // All of them first: one may come where another was.
      await closePermissions(permissions.map(({ id }) => id))
      await openPermissions(permissions)
    },
    removePermissions: closePermissions,
  }
}

function columnsOf(permissions: readonly PlacedPermission[]): string[][] {
  return [
    permissions.map(({ id }) => id),
    permissions.map(({ ownerRule }) => ownerRule),
    permissions.map(({ ownerResource }) => ownerResource),
    permissions.map(({ repositoryId }) => repositoryId),
    permissions.map(({ permissionType }) => permissionType),
    permissions.map(({ path }) => path),
    permissions.map(({ effectivePath }) => effectivePath),
  ]
}
