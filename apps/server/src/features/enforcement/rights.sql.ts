import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { STILL } from '../../platform/database/version-rows.ts'
import type { Audience, PermissionType, RepositoryRights, Statement } from '../rules/index.ts'

interface PermissionRow {
  readonly repository: string
  readonly rule: string
  readonly permissionType: PermissionType
  readonly path: string
  readonly audience: Audience
}

const PERMISSIONS = statement<PermissionRow>(
  'rights.permissions',
  `select permission.repository_id as repository, permission.rule_id as rule, permission.type as "permissionType",
          permission.effective_path as path, rule.audience
   from permission_version permission
   join rule_version rule on rule.rule_id = permission.rule_id and rule.until = ${STILL}
   where permission.repository_id = any($1::uuid[]) and permission.until = ${STILL}`,
)

// One row a rule: usernames are printable, so a line feed cannot be part of one.
const MEMBERS = statement<{ rule: string; usernames: string }>(
  'rights.members',
  `select member.rule_id as rule, string_agg(member.username, E'\\n' order by member.username) as usernames
   from rule_member member
   where member.rule_id = any($1::uuid[]) and member.until = ${STILL}
     and not exists (select from app_user where app_user.id = member.user_id and not app_user.enabled)
   group by member.rule_id`,
)

const DISABLED = statement<{ username: string }>(
  'rights.disabled',
  'select username from app_user where organisation_id = $1 and not enabled order by username',
)

const IS_ENABLED = statement<{ enabled: boolean }>(
  'rights.organisation-enabled',
  'select enabled from organisation where id = $1',
)

/**
 * What decides in each of the repositories, at the head. A few statements whatever their number, and nothing is read of
 * the rest of the model. In a disabled organisation nobody may do anything.
 */
export async function readRights(
  tx: Connection,
  organisation: number,
  repositories: readonly string[],
): Promise<Map<string, RepositoryRights>> {
  const [[row], all] = await Promise.all([tx.query(IS_ENABLED, [organisation]), tx.query(PERMISSIONS, [repositories])])
  const permissions = row?.enabled === true ? all : []
  const named = new Set(permissions.filter(({ audience }) => audience === 'members').map(({ rule }) => rule))
  const members = new Map<string, readonly string[]>()
  for (const { rule, usernames } of named.size > 0 ? await tx.query(MEMBERS, [[...named]]) : []) {
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

const NOBODY: readonly string[] = []
