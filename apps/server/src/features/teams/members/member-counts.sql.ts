import type { ModelView } from '../../../kernel/model-state.ts'
import type { Connection } from '../../../platform/database/database.ts'
import { statement } from '../../../platform/database/statement.ts'
import { rowsAtHead, rowsAtRevision, type VersionRows } from '../../../platform/database/version-rows.ts'
import { SUBTREE } from '../team-tree.sql.ts'
import type { MemberCounts } from './member-store.ts'

interface State {
  /** CTEs that end with `subtree (team_id)`: team `$1` and those below it. */
  readonly subtree: string
  rows(of: VersionRows): string
}

const HEAD: State = { subtree: SUBTREE('$1'), rows: rowsAtHead }

const atRevision = (of: VersionRows): string => rowsAtRevision(of, '$2').join(' union all ')

// What was closed since is indexed by organisation, since there is little of it; it is read once for the whole tree.
const PAST: State = {
  subtree: `there as (${atRevision({ table: 'team_version', columns: 'team_id, parent_id', scope: 'organisation_id = $3' })}),
    subtree as (
      select $1::uuid as team_id
      union all
      select there.team_id from subtree join there on there.parent_id = subtree.team_id)`,
  rows: atRevision,
}

/** The statement for all members, or, with the parameter `ids`, for these alone. */
function countsOf({ subtree, rows }: State, ids?: string): string {
  const named = (scope: string) => (ids ? `${scope} and user_id = any(${ids}::uuid[])` : scope)
  const membersOf = (team: string) =>
    rows({ table: 'membership', columns: 'user_id, username', scope: named(`team_id = ${team}`) })
  const ruleMembers = rows({ table: 'rule_member', columns: 'user_id', scope: named('rule_id = rule.rule_id') })
  return `with recursive ${subtree},
    naming as (
      select named.user_id, count(*) as rules
      from (${rows({ table: 'rule_version', columns: 'rule_id', scope: 'team_id = $1' })}) rule,
        lateral (${ruleMembers}) named group by named.user_id),
    below as (
      select held.user_id, count(*) as subteams
      from subtree, lateral (${membersOf('subtree.team_id')}) held where subtree.team_id <> $1 group by held.user_id)
    select member.user_id as id, coalesce(naming.rules, 0) as rules, coalesce(below.subteams, 0) as subteams
    from (${membersOf('$1')}) member
    left join naming on naming.user_id = member.user_id left join below on below.user_id = member.user_id
    order by member.username, member.user_id`
}

const COUNT = statement<MemberCounts>('member.count', countsOf(HEAD))
const COUNT_FEW = statement<MemberCounts>('member.count-few', countsOf(HEAD, '$2'))
const COUNT_AT = statement<MemberCounts>('member.count-at', countsOf(PAST))
const COUNT_FEW_AT = statement<MemberCounts>('member.count-few-at', countsOf(PAST, '$4'))

/** Counts of what members of a team are part of there, in any state of the model. */
export function countMemberParts(
  connection: Connection,
  { organisation, state }: ModelView,
  ...[team, ids]: [team: string, ids: readonly string[] | undefined]
): Promise<readonly MemberCounts[]> {
  const few = ids ? [ids] : []
  if (state === 'head') return connection.query(ids ? COUNT_FEW : COUNT, [team, ...few])
  return connection.query(ids ? COUNT_FEW_AT : COUNT_AT, [team, state.revision, organisation, ...few])
}
