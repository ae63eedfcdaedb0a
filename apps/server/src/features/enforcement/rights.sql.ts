import type { ModelView } from '../../kernel/model-state.ts'
import type { Connection, Statement as SqlStatement } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { rowsAtHead, rowsAtRevision, STILL, type VersionRows } from '../../platform/database/version-rows.ts'
import type { Audience, PermissionType, RepositoryRights, Statement } from '../rules/index.ts'

interface PermissionRow {
  readonly repository: string
  readonly rule: string
  readonly permissionType: PermissionType
  readonly path: string
  readonly audience: Audience
}

interface MemberRow {
  readonly rule: string
  readonly usernames: string
}

const PERMISSION_ROWS: VersionRows = {
  table: 'permission_version',
  columns: 'repository_id, rule_id, type, effective_path',
  scope: 'repository_id = any($1::uuid[])',
}

const MEMBER_ROWS: VersionRows = {
  table: 'rule_member',
  columns: 'rule_id, user_id, username',
  scope: 'rule_id = any($1::uuid[])',
}

const PERMISSIONS = statement<PermissionRow>(
  'rights.permissions',
  selectPermissions(rowsAtHead(PERMISSION_ROWS), `rule.until = ${STILL}`),
)

const PERMISSIONS_AT = statement<PermissionRow>(
  'rights.permissions-at',
  selectPermissions(unite(rowsAtRevision(PERMISSION_ROWS, '$2')), 'rule.since <= $2 and rule.until > $2'),
)

const MEMBERS = statement<MemberRow>('rights.members', selectMembers(rowsAtHead(MEMBER_ROWS)))

const MEMBERS_AT = statement<MemberRow>('rights.members-at', selectMembers(unite(rowsAtRevision(MEMBER_ROWS, '$2'))))

function selectPermissions(rows: string, ruleHolds: string): string {
  return `select permission.repository_id as repository, permission.rule_id as rule, permission.type as "permissionType",
            permission.effective_path as path, rule.audience
          from (${rows}) permission
          join rule_version rule on rule.rule_id = permission.rule_id and ${ruleHolds}`
}

/** One row a rule: usernames are printable, so a line feed cannot be part of one. */
function selectMembers(rows: string): string {
  return `select member.rule_id as rule, string_agg(member.username, E'\\n' order by member.username) as usernames
          from (${rows}) member
          where not exists (select from app_user where app_user.id = member.user_id and not app_user.enabled)
          group by member.rule_id`
}

function unite(parts: readonly string[]): string {
  return parts.join(' union all ')
}

const DISABLED = statement<{ username: string }>(
  'rights.disabled',
  'select username from app_user where organisation_id = $1 and not enabled order by username',
)

const IS_ENABLED = statement<{ enabled: boolean }>(
  'rights.organisation-enabled',
  'select enabled from organisation where id = $1',
)

const NOBODY: readonly string[] = []

/**
 * What decides in each of the repositories, in a state of the model. A few statements whatever their number, and nothing
 * is read of the rest of the model. Accounts and organisations are not versioned: whoever is disabled now is so in every
 * state, and in a disabled organisation nobody may do anything.
 */
export async function readRights(
  tx: Connection,
  { organisation, state }: Pick<ModelView, 'organisation' | 'state'>,
  repositories: readonly string[],
): Promise<Map<string, RepositoryRights>> {
  const rowsOf = <Row>(head: SqlStatement<Row>, past: SqlStatement<Row>) => {
    return (ids: readonly string[]) =>
      state === 'head' ? tx.query(head, [ids]) : tx.query(past, [ids, state.revision])
  }
  const [[row], all] = await Promise.all([
    tx.query(IS_ENABLED, [organisation]),
    rowsOf(PERMISSIONS, PERMISSIONS_AT)(repositories),
  ])
  const permissions = row?.enabled === true ? all : []
  const named = new Set(permissions.filter(({ audience }) => audience === 'members').map(({ rule }) => rule))
  const members = new Map<string, readonly string[]>()
  for (const { rule, usernames } of named.size > 0 ? await rowsOf(MEMBERS, MEMBERS_AT)([...named]) : []) {
    members.set(rule, usernames.split('\n'))
  }
  // Only an audience wider than members could let a disabled user in.
  const isWide = permissions.some(({ audience }) => audience !== 'members')
  const disabled = isWide ? (await tx.query(DISABLED, [organisation])).map(({ username }) => username) : []
  const statements = new Map<string, Statement[]>(repositories.map((id) => [id, []]))
  for (const { repository, rule, permissionType, path, audience } of permissions) {
    statements.get(repository)?.push({ permissionType, path, audience, members: members.get(rule) ?? NOBODY })
  }
  return new Map(repositories.map((id) => [id, { statements: statements.get(id) ?? [], disabled }]))
}
