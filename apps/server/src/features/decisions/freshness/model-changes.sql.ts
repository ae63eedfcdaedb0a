import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import type {
  Changes,
  MembersChange,
  ModelChanges,
  PermissionFact,
  RepositoryFact,
  RuleFact,
  TeamFact,
  UserFact,
} from '../model-facts.ts'

/** Of an organisation (`$1`), what differs between two revisions: after `$2`, until `$3`. */
export interface Span {
  readonly organisation: number
  readonly from: number
  readonly to: number
  /** Users and repositories know no revisions: those that a transaction from this one on has changed. */
  readonly unseenFrom: string
}

// A snapshot sees nothing from its xmax on, but for rows restored from a server that had counted further: old ones.
const UNSEEN = ['>= $2::xid8', '< pg_snapshot_xmax(pg_current_snapshot())']
const USERS = statement<UserFact>(
  'decisions.users-changed',
  `select id, username, enabled from app_user
   where organisation_id = $1 and ${UNSEEN.map((bound) => `changed_in ${bound}`).join(' and ')}`,
)
const REPOSITORIES = statement<RepositoryFact>(
  'decisions.repositories-made',
  `select id, name from repository
   where organisation_id = $1 and ${UNSEEN.map((bound) => `made_in ${bound}`).join(' and ')}`,
)

/** Null but for the id where nothing of it holds any more. */
type TeamRow = { readonly id: string } & (
  | { readonly name: string; readonly parent: string | null }
  | { readonly name: null }
)
type RuleRow = { readonly id: string } & (Omit<RuleFact, 'id'> | { readonly name: null })

const CHANGED = `select distinct entity_id as id from model_change
  where organisation_id = $1 and revision > $2 and revision <= $3 and kind`
const HOLDS = 'since <= $3 and until > $3'

const TEAMS = statement<TeamRow>(
  'decisions.teams-changed',
  `select changed.id, version.name, version.parent_id as parent
   from (${CHANGED} = 'team') changed
   left join team_version version on version.team_id = changed.id and ${HOLDS}`,
)
const RULES = statement<RuleRow>(
  'decisions.rules-changed',
  `select changed.id, version.name, version.team_id as team, version.audience
   from (${CHANGED} = 'rule') changed
   left join rule_version version on version.rule_id = changed.id and ${HOLDS}`,
)

// Made since and still holding, or closed since; each a range of an index that starts with the rule.
function changedRows(table: string, columns: string): string {
  return `
    select changed.id as rule, part.* from (${CHANGED} = 'rule') changed
    cross join lateral (
      select ${columns}, ${HOLDS} as holds from ${table}
      where rule_id = changed.id and until = ${STILL} and since > $2 and since <= $3
      union all
      select ${columns}, ${HOLDS} from ${table}
      where rule_id = changed.id and until < ${STILL} and until > $2 and since <= $3 and (since > $2 or until <= $3)
    ) part`
}

const PERMISSIONS = statement<PermissionFact & { readonly holds: boolean }>(
  'decisions.permissions-changed',
  changedRows('permission_version', 'permission_id as id, repository_id as repository, type, effective_path as path'),
)
const MEMBERS = statement<{ readonly rule: string; readonly user: string; readonly holds: boolean }>(
  'decisions.members-changed',
  changedRows('rule_member', 'user_id as "user"'),
)

export async function readChanges(tx: Connection, { organisation, from, to, unseenFrom }: Span): Promise<ModelChanges> {
  const span = [organisation, from, to]
  const unseen = [organisation, unseenFrom]
  // Between equal revisions there is nothing to look for.
  const read = <Row>(query: Parameters<typeof tx.query<Row>>[0]) => (from === to ? [] : tx.query(query, span))
  const [users, repositories, teams, rules, permissions, members] = await Promise.all([
    tx.query(USERS, unseen),
    tx.query(REPOSITORIES, unseen),
    read(TEAMS),
    read(RULES),
    read(PERMISSIONS),
    read(MEMBERS),
  ])
  const kept = new Set(rules.filter(({ name }) => name !== null).map(({ id }) => id))
  return {
    users,
    repositories,
    teams: {
      made: teams.flatMap((team): TeamFact[] =>
        team.name === null ? [] : [{ id: team.id, name: team.name, parent: team.parent ?? undefined }],
      ),
      gone: teams.filter(({ name }) => name === null).map(({ id }) => id),
    },
    rules: {
      made: rules.flatMap((rule): RuleFact[] => (rule.name === null ? [] : [rule])),
      gone: rules.filter(({ name }) => name === null).map(({ id }) => id),
    },
    permissions: toChanges(permissions.filter(({ rule }) => kept.has(rule))),
    members: toMembersChanges(members.filter(({ rule }) => kept.has(rule))),
  }
}

function toChanges(rows: readonly (PermissionFact & { readonly holds: boolean })[]): Changes<PermissionFact> {
  const made = rows.filter(({ holds }) => holds)
  const held = new Set(made.map(({ id }) => id))
  return { made, gone: rows.map(({ id }) => id).filter((id) => !held.has(id)) }
}

interface MemberRow {
  readonly rule: string
  readonly user: string
  readonly holds: boolean
}

function toMembersChanges(rows: readonly MemberRow[]): MembersChange[] {
  return Array.from(
    Map.groupBy(rows, ({ rule }) => rule),
    ([rule, ofRule]) => {
      const added = new Set(ofRule.filter(({ holds }) => holds).map(({ user }) => user))
      const removed = new Set(ofRule.map(({ user }) => user).filter((user) => !added.has(user)))
      return { rule, added: [...added], removed: [...removed] }
    },
  )
}
