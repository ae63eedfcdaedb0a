import { setImmediate as immediate } from 'node:timers/promises'
import type { Connection, Statement } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { rowsAtHead, rowsAtRevision, type VersionRows } from '../../../platform/database/version-rows.ts'
import type {
  MembersFact,
  ModelFacts,
  PermissionFact,
  RepositoryFact,
  RuleFact,
  TeamFact,
  UserFact,
} from '../model-facts.ts'

const USERS = statement<UserFact>(
  'decisions.users',
  'select id, username, enabled from app_user where organisation_id = $1 order by username',
)
const REPOSITORIES = statement<RepositoryFact>(
  'decisions.repositories',
  'select id, name from repository where organisation_id = $1',
)

const TEAM_ROWS: VersionRows = {
  table: 'team_version',
  columns: 'team_id as id, name, parent_id as parent',
  scope: 'organisation_id = $1',
}
const RULE_ROWS: VersionRows = {
  table: 'rule_version',
  columns: 'rule_id as id, name, team_id as team, audience',
  scope: 'organisation_id = $1',
}
const PERMISSION_ROWS: VersionRows = {
  table: 'permission_version',
  columns: 'permission_id as id, rule_id as rule, repository_id as repository, type, effective_path as path',
  scope: 'repository_id in (select id from repository where organisation_id = $1)',
}
const RULE_IDS: VersionRows = { table: 'rule_version', columns: 'rule_id', scope: 'organisation_id = $1' }
const MEMBER_ROWS = { table: 'rule_member', columns: 'rule_id, user_id' }

type TeamRow = Omit<TeamFact, 'parent'> & { readonly parent: string | null }

/** One row a rule. An id is as many characters as any other, so nothing has to part them. */
interface MembersRow {
  readonly rule: string
  readonly users: string
}

const ID_LENGTH = 36

interface Statements<Row> {
  readonly atHead: Statement<Row>
  readonly atRevision: Statement<Row>
}

const TEAMS = inBothStates<TeamRow>('teams', TEAM_ROWS)
const RULES = inBothStates<RuleFact>('rules', RULE_ROWS)
const PERMISSIONS = inBothStates<PermissionFact>('permissions', PERMISSION_ROWS)
const MEMBERS: Statements<MembersRow> = {
  atHead: planned('decisions.members', selectMembers(rowsAtHead(membersOf(rowsAtHead(RULE_IDS))))),
  atRevision: planned(
    'decisions.members-at',
    selectMembers(unite(rowsAtRevision(membersOf(unite(rowsAtRevision(RULE_IDS, '$2'))), '$2'))),
  ),
}

function inBothStates<Row>(name: string, rows: VersionRows): Statements<Row> {
  return {
    atHead: planned(`decisions.${name}`, rowsAtHead(rows)),
    atRevision: planned(`decisions.${name}-at`, unite(rowsAtRevision(rows, '$2'))),
  }
}

/** An organisation is most of a table, which is best scanned, or little of it: one plan for both would be a bad one. */
function planned<Row>(name: string, text: string): Statement<Row> {
  return statement(name, text, { isPlannedEachTime: true })
}

function membersOf(rules: string): VersionRows {
  return { ...MEMBER_ROWS, scope: `rule_id in (${rules})` }
}

function selectMembers(rows: string): string {
  return `select member.rule_id as rule, string_agg(member.user_id::text, '') as users from (${rows}) member
          group by member.rule_id`
}

function unite(parts: readonly string[]): string {
  return parts.join(' union all ')
}

/** All facts of an organisation at a revision, or at its head when that is undefined, which costs less. */
export async function readFacts(
  tx: Connection,
  organisation: number,
  revision: number | undefined,
): Promise<ModelFacts> {
  const read = <Row>({ atHead, atRevision }: Statements<Row>) =>
    revision === undefined ? tx.query(atHead, [organisation]) : tx.query(atRevision, [organisation, revision])
  const [users, repositories, teams, rules, permissions, members] = await Promise.all([
    tx.query(USERS, [organisation]),
    tx.query(REPOSITORIES, [organisation]),
    read(TEAMS),
    read(RULES),
    read(PERMISSIONS),
    read(MEMBERS),
  ])
  return { users, repositories, teams: teams.map(toTeam), rules, permissions, members: await toAllMembers(members) }
}

function toTeam({ id, name, parent }: TeamRow): TeamFact {
  return { id, name, parent: parent ?? undefined }
}

/** Rules between two pauses: hundreds of thousands of ids are told apart while others are served. */
const RULES_A_STEP = 500

async function toAllMembers(rows: readonly MembersRow[]): Promise<MembersFact[]> {
  const members: MembersFact[] = []
  for (const [n, row] of rows.entries()) {
    members.push(toMembers(row))
    if (n % RULES_A_STEP === RULES_A_STEP - 1) await immediate()
  }
  return members
}

function toMembers({ rule, users }: MembersRow): MembersFact {
  const ids = Array.from({ length: users.length / ID_LENGTH }, (_, n) =>
    users.slice(n * ID_LENGTH, (n + 1) * ID_LENGTH),
  )
  return { rule, users: ids }
}
