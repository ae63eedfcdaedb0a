import type { ModelView } from '../../kernel/model-state.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { rowsAtHead, rowsAtRevision, type VersionRows } from '../../platform/database/version-rows.ts'
import type { UserCounts } from './user-store.ts'

/** The statement for a state, whose version rows `rows` selects. */
function countsOf(rows: (of: VersionRows) => string): string {
  const ofUser = (table: string, columns: string) => `(${rows({ table, columns, scope: 'user_id = app_user.id' })})`
  const permissions = rows({
    table: 'permission_version',
    columns: 'resource_id',
    scope: 'rule_id = member.rule_id',
  })
  return `select app_user.id,
      (select count(*) from ${ofUser('membership', 'team_id')} member) as teams,
      (select count(*) from ${ofUser('rule_member', 'rule_id')} member) as rules,
      (select count(distinct resource_id)
       from ${ofUser('rule_member', 'rule_id')} member, lateral (${permissions}) permission) as resources
    from app_user where organisation_id = $1 and ($2::uuid[] is null or id = any($2)) order by username`
}

const COUNT = statement<UserCounts>('user.count', countsOf(rowsAtHead))
const COUNT_AT = statement<UserCounts>(
  'user.count-at',
  countsOf((rows) => rowsAtRevision(rows, '$3').join(' union all ')),
)

/** Counts of what users are part of, in any state of the model. */
export function countUserParts(
  connection: Connection,
  { organisation, state }: ModelView,
  ids: readonly string[] | undefined,
): Promise<readonly UserCounts[]> {
  const scope = [organisation, ids ?? null]
  return state === 'head' ? connection.query(COUNT, scope) : connection.query(COUNT_AT, [...scope, state.revision])
}
