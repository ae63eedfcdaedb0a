import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import { nameKey } from '../teams/index.ts'
import type { ImportReads, ImportRows, ImportTarget, ImportWrites, KnownUser, Pair } from './import-store.ts'

const FIND_TARGET = statement<ImportTarget>(
  'import.find-target',
  `select id, name,
     (select count(*)::int from permission_version where repository_id = $2 and until = ${STILL}) as permissions
   from repository where id = $2 and organisation_id = $1 and type = 'SVN'`,
)

const ROOT_TEAM_EXISTS = statement<{ found: boolean }>(
  'import.root-team-exists',
  `select exists (select from team_version
     where organisation_id = $1 and coalesce(parent_id, '00000000-0000-0000-0000-000000000000') =
       '00000000-0000-0000-0000-000000000000' and name_key = $2 and until = ${STILL}) as found`,
)

const USERS_NAMED = statement<KnownUser>(
  'import.users-named',
  'select id, username, enabled from app_user where organisation_id = $1 and username = any($2::text[]) order by username',
)

/** What an import asks of the tables that it fills; of users in general `sqlUserReads` knows. */
export function sqlImportReads(connection: Connection, organisation: number): Omit<ImportReads, 'allowsLocalUsers'> {
  return {
    findImportTarget: async (id) => (await connection.query(FIND_TARGET, [organisation, id]))[0],
    rootTeamExists: async (key) => (await connection.query(ROOT_TEAM_EXISTS, [organisation, key]))[0]?.found === true,
    usersNamed: (usernames) => connection.query(USERS_NAMED, [organisation, usernames]),
  }
}

const INSERT_USERS = statement(
  'import.insert-users',
  `insert into app_user (id, organisation_id, username)
   select id, $1, username from unnest($2::uuid[], $3::text[]) as t (id, username)`,
)

const INSERT_TEAMS = statement(
  'import.insert-teams',
  `with row as (
     select * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[])
       as t (id, name, name_key, description, parent_id)),
   identity as (insert into team (id, organisation_id) select id, $1 from row)
   insert into team_version (team_id, organisation_id, name, name_key, description, parent_id, since)
   select id, $1, name, name_key, description, parent_id, $7 from row`,
)

// Subscripts, not joins of what unnest gives: the planner, who does not know how much that is, might loop over the one
// for each of the other.
const INSERT_MEMBERS = statement(
  'import.insert-members',
  `insert into membership (team_id, user_id, username, since)
   select ($1::uuid[])[pair.owner], app_user.id, app_user.username, $5
   from unnest($3::int[], $4::int[]) as pair (owner, person)
   join app_user on app_user.id = ($2::uuid[])[pair.person]`,
)

const INSERT_RESOURCES = statement(
  'import.insert-resources',
  `with row as (select * from unnest($3::uuid[], $4::uuid[], $5::text[]) as t (id, team_id, path)),
   identity as (insert into resource (id, team_id, repository_id, path) select id, team_id, $1, path from row)
   insert into resource_version (resource_id, team_id, repository_id, repository_name, path, since)
   select id, team_id, $1, $2, path, $6 from row`,
)

const INSERT_RULES = statement(
  'import.insert-rules',
  `with row as (
     select * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])
       as t (id, team_id, name, name_key, audience)),
   identity as (insert into rule (id, team_id) select id, team_id from row)
   insert into rule_version (rule_id, team_id, organisation_id, name, name_key, audience, since)
   select id, team_id, $1, name, name_key, audience, $7 from row`,
)

const INSERT_RULE_MEMBERS = statement(
  'import.insert-rule-members',
  `insert into rule_member (rule_id, user_id, username, since)
   select ($1::uuid[])[pair.owner], app_user.id, app_user.username, $5
   from unnest($3::int[], $4::int[]) as pair (owner, person)
   join app_user on app_user.id = ($2::uuid[])[pair.person]`,
)

const INSERT_PERMISSIONS = statement(
  'import.insert-permissions',
  `with row as (
     select * from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[])
       as t (id, rule_id, resource_id, type, path, effective_path)),
   identity as (insert into permission (id, rule_id, resource_id) select id, rule_id, resource_id from row)
   insert into permission_version
     (permission_id, rule_id, resource_id, repository_id, type, path, effective_path, since)
   select id, rule_id, resource_id, $1, type, path, effective_path, $8 from row`,
)

/** Rows a statement: few statements for any file, and each of them well within the time that the database gives it. */
const CHUNK = 50_000

export function sqlImportWrites(tx: Connection, organisation: number, revision: number): ImportWrites {
  return {
    insertImport: async (rows) => {
      await insertTeams(tx, { organisation, revision, rows })
      await insertRules(tx, { organisation, revision, rows })
    },
  }
}

interface Insertion {
  readonly organisation: number
  readonly revision: number
  readonly rows: ImportRows
}

/** Users, teams, their members and what they hand out. */
async function insertTeams(tx: Connection, { organisation, revision, rows }: Insertion): Promise<void> {
  const { newUsers, people, teams, members, repository, resources } = rows
  for (const part of chunks(newUsers)) {
    await tx.query(INSERT_USERS, [organisation, part.map(({ id }) => id), part.map(({ username }) => username)])
  }
  // The root team comes first, and so in the first chunk.
  for (const part of chunks(teams)) {
    await tx.query(INSERT_TEAMS, [
      organisation,
      part.map(({ id }) => id),
      part.map(({ name }) => name),
      part.map(({ name }) => nameKey(name)),
      part.map(({ description }) => description),
      part.map(({ parentTeam }) => parentTeam),
      revision,
    ])
  }
  const teamIds = teams.map(({ id }) => id)
  for (const part of chunks(members)) {
    await tx.query(INSERT_MEMBERS, [teamIds, people, ...columnsOf(part), revision])
  }
  for (const part of chunks(resources)) {
    await tx.query(INSERT_RESOURCES, [
      repository.id,
      repository.name,
      part.map(({ id }) => id),
      part.map(({ team }) => team),
      part.map(({ path }) => path),
      revision,
    ])
  }
}

/** Rules, whom they name, and of what they speak. */
async function insertRules(tx: Connection, { organisation, revision, rows }: Insertion): Promise<void> {
  const { people, rules, ruleMembers, repository, permissions } = rows
  for (const part of chunks(rules)) {
    await tx.query(INSERT_RULES, [
      organisation,
      part.map(({ id }) => id),
      part.map(({ team }) => team),
      part.map(({ name }) => name),
      part.map(({ name }) => nameKey(name)),
      part.map(({ audience }) => audience),
      revision,
    ])
  }
  const ruleIds = rules.map(({ id }) => id)
  for (const part of chunks(ruleMembers)) {
    await tx.query(INSERT_RULE_MEMBERS, [ruleIds, people, ...columnsOf(part), revision])
  }
  for (const part of chunks(permissions)) {
    await tx.query(INSERT_PERMISSIONS, [
      repository.id,
      part.map(({ id }) => id),
      part.map(({ rule }) => rule),
      part.map(({ resource }) => resource),
      part.map(({ type }) => type),
      part.map(({ path }) => path),
      part.map(({ effectivePath }) => effectivePath),
      revision,
    ])
  }
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += CHUNK) yield rows.slice(start, start + CHUNK)
}

/** As PostgreSQL counts positions, from 1. */
function columnsOf(pairs: readonly Pair[]): [number[], number[]] {
  return [pairs.map(([owner]) => owner + 1), pairs.map(([, person]) => person + 1)]
}
