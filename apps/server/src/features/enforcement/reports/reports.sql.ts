import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { STILL } from '../../../platform/database/version-rows.ts'
import { readRights } from '../rights.sql.ts'
import type { ChangedRule, MemberCounts, NamedRepository, ReportStore, RuleAt, Span } from './report-store.ts'

// $1 says whose, $2 is the lower and $3 the higher of the two revisions. Rows of the head and closed ones are apart: each
// part is a range of an index of its own, and a row that holds at both revisions is no news.
const changedRows = (table: string, columns: string, scope: string) =>
  `select ${columns}, since, until from ${table} where ${scope} and until = ${STILL} and since > $2 and since <= $3
   union all
   select ${columns}, since, until from ${table}
   where ${scope} and until < ${STILL} and until > $2 and since <= $3 and (since > $2 or until <= $3)`

const RULES_OF_SPAN = `(select rule_id from rule_version where organisation_id = $1 and until = ${STILL} and since <= $3
  union
  select rule_id from rule_version where organisation_id = $1 and until < ${STILL} and until > $2 and since <= $3)`

const CHANGED_RULES = statement<{ rule: string }>(
  'report.changed-rules',
  `select distinct rule_id as rule from (${changedRows('rule_version', 'rule_id', 'organisation_id = $1')}) changed`,
)

// Whoever left a rule and came back in between counts as never gone.
const CHANGED_MEMBERS = statement<{ rule: string; added: number; removed: number }>(
  'report.changed-members',
  `select rule_id as rule, count(*) filter (where not at_low) as added, count(*) filter (where at_low) as removed
   from (
     select rule_id, bool_or(since <= $2) as at_low, bool_or(until > $3) as at_high
     from (${changedRows('rule_member', 'rule_id, user_id', `rule_id in ${RULES_OF_SPAN}`)}) changed
     group by rule_id, user_id) member
   where at_low <> at_high
   group by rule_id`,
)

interface ChangedPermission {
  readonly rule: string
  readonly repository: string
  /** What it says and where, at the lower revision; null when there was none. */
  readonly low: string | null
  readonly high: string | null
}

const CHANGED_PERMISSIONS = statement<ChangedPermission>(
  'report.changed-permissions',
  `select rule_id as rule, repository_id as repository,
     max(type || ' ' || effective_path) filter (where since <= $2) as low,
     max(type || ' ' || effective_path) filter (where until > $3) as high
   from (${changedRows(
     'permission_version',
     'rule_id, permission_id, repository_id, type, effective_path',
     `rule_id in ${RULES_OF_SPAN}`,
   )}) changed
   group by rule_id, permission_id, repository_id
   having count(*) filter (where since <= $2 or until > $3) > 0`,
)

interface RuleRow extends RuleAt {
  readonly rule: string
  readonly team: string
  readonly atLow: boolean
  readonly atHigh: boolean
}

const RULES_AT = statement<RuleRow>(
  'report.rules-at',
  `select rule_id as rule, team_id as team, name as "ruleName", description, audience,
     since <= $2 as "atLow", until > $3 as "atHigh"
   from rule_version
   where rule_id = any($1::uuid[]) and since <= $3 and until > $2 and (since <= $2 or until > $3)`,
)

const TEAM_NAMES = statement<{ id: string; name: string }>(
  'report.team-names',
  `select distinct on (team_id) team_id as id, name from team_version
   where team_id = any($1::uuid[]) and since <= $3 and until > $2 order by team_id, since desc`,
)

const REPOSITORIES_OF_RULES = statement<NamedRepository>(
  'report.repositories-of-rules',
  `select id, name from repository
   where id = any($4::uuid[]) or id in (
     select repository_id from permission_version where rule_id = any($1::uuid[]) and until = ${STILL} and since <= $3
     union all
     select repository_id from permission_version
     where rule_id = any($1::uuid[]) and until < ${STILL} and until > $2 and since <= $3)`,
)

const REPOSITORIES = statement<NamedRepository>(
  'report.repositories',
  'select id, name from repository where organisation_id = $1 order by name',
)

const HAS_USER = statement<{ found: boolean }>(
  'report.has-user',
  'select exists (select from app_user where organisation_id = $1 and username = $2) as found',
)

const HAS_REPOSITORY = statement<{ found: boolean }>(
  'report.has-repository',
  'select exists (select from repository where organisation_id = $1 and name = $2) as found',
)

export function sqlReportStore(connection: Connection): ReportStore {
  return {
    findChanges: (span) => findChanges(connection, span),
    listRepositories: (organisation) => connection.query(REPOSITORIES, [organisation]),
    readRights: (view, repositories) => readRights(connection, view, repositories),
    hasUser: async (...of) => (await connection.query(HAS_USER, of))[0]?.found === true,
    hasRepository: async (...of) => (await connection.query(HAS_REPOSITORY, of))[0]?.found === true,
  }
}

async function findChanges(connection: Connection, span: Span): ReturnType<ReportStore['findChanges']> {
  const [low, high] = [Math.min(span.from, span.to), Math.max(span.from, span.to)]
  if (low === high) return { rules: [], repositories: [] }
  const whose = [span.organisation, low, high]
  const [changedRules, changedMembers, permissions] = await Promise.all([
    connection.query(CHANGED_RULES, whose),
    connection.query(CHANGED_MEMBERS, whose),
    connection.query(CHANGED_PERMISSIONS, whose),
  ])
  const spoken = new Set([...changedRules, ...changedMembers].map(({ rule }) => rule))
  const ids = [...new Set([...spoken, ...permissions.map(({ rule }) => rule)])]
  const places = [...new Set(permissions.map(({ repository }) => repository))]
  const [rows, repositories] = await Promise.all([
    connection.query(RULES_AT, [ids, low, high]),
    connection.query(REPOSITORIES_OF_RULES, [[...spoken], low, high, places]),
  ])
  const teams = await connection.query(TEAM_NAMES, [[...new Set(rows.map(({ team }) => team))], low, high])
  const found: Found = {
    isForward: span.from <= span.to,
    members: new Map(changedMembers.map((each) => [each.rule, each])),
    permissions: Map.groupBy(permissions, ({ rule }) => rule),
    teamNames: new Map(teams.map(({ id, name }) => [id, name])),
  }
  const rules = Array.from(Map.groupBy(rows, ({ rule }) => rule).values(), (versions) => changedRule(versions, found))
  return { rules, repositories }
}

interface Found {
  /** Whether the lower revision is where the span begins. */
  readonly isForward: boolean
  readonly members: ReadonlyMap<string, { readonly added: number; readonly removed: number }>
  readonly permissions: ReadonlyMap<string, readonly ChangedPermission[]>
  readonly teamNames: ReadonlyMap<string, string>
}

/** A rule from its versions at the two revisions: one or two rows. */
function changedRule(versions: readonly RuleRow[], found: Found): ChangedRule {
  const { rule = '', team = '' } = versions[0] ?? {}
  const at = ({ ruleName, description, audience }: RuleRow): RuleAt => ({ ruleName, description, audience })
  const [low] = versions.filter(({ atLow }) => atLow).map(at)
  const [high] = versions.filter(({ atHigh }) => atHigh).map(at)
  const permissions = found.permissions.get(rule) ?? []
  const appeared = permissions.filter((each) => each.low === null).length
  const vanished = permissions.filter((each) => each.high === null).length
  return {
    ruleId: rule,
    teamId: team,
    teamName: found.teamNames.get(team) ?? '',
    before: found.isForward ? low : high,
    after: found.isForward ? high : low,
    ...memberCounts(rule, found),
    permissionsAdded: found.isForward ? appeared : vanished,
    permissionsRemoved: found.isForward ? vanished : appeared,
    permissionsChanged: permissions.filter((each) => each.low && each.high && each.low !== each.high).length,
  }
}

function memberCounts(rule: string, { members, isForward }: Found): MemberCounts {
  const { added = 0, removed = 0 } = members.get(rule) ?? {}
  return { membersAdded: isForward ? added : removed, membersRemoved: isForward ? removed : added }
}
