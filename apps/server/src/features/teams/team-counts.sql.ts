import type { ModelView } from '../../kernel/model-state.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { rowsAtHead, rowsAtRevision, type VersionRows } from '../../platform/database/version-rows.ts'
import type { TeamScope } from './leaders/leader-policy.ts'
import type { TeamCounts } from './team-store.ts'
import { LED_TEAMS } from './team-tree.sql.ts'

/** Which teams of organisation `$1` to count for, by the column of their ids; all but the first over `$2`. */
const CHOICES = {
  all: () => 'true',
  ids: (id: string) => `${id} = any($2::uuid[])`,
  led: (id: string) => `${id} in (${LED_TEAMS('$2')})`,
} as const

const TEAMS = { table: 'team_version', columns: 'team_id, name_key, parent_id', scope: 'organisation_id = $1' }
const RULES = { table: 'rule_version', columns: 'team_id', scope: 'organisation_id = $1' }

type Select = (rows: VersionRows) => string

function ofTeam(rows: Select, table: string, scope = 'team_id = team.team_id'): string {
  return `(select count(*) from (${rows({ table, columns: 'since', scope })}) held)`
}

/** At the head every count is a range of an index. */
function countsAtHead(choice: string): string {
  const teams = rowsAtHead({ ...TEAMS, scope: `${TEAMS.scope} and ${choice}` })
  return `select team.team_id as id, ${ofTeam(rowsAtHead, 'membership')} as users,
      ${ofTeam(rowsAtHead, 'resource_version')} as resources, ${ofTeam(rowsAtHead, 'rule_version')} as rules,
      ${ofTeam(rowsAtHead, 'team_version', 'parent_id = team.team_id')} as subteams
    from (${teams}) team order by team.name_key, team.team_id`
}

/** What was closed since is indexed by organisation where there is little of it; it is read once, for all teams together. */
function countsAtRevision(choice: string, revision: string): string {
  const rows: Select = (of) => rowsAtRevision(of, revision).join(' union all ')
  return `with there as (${rows(TEAMS)}),
    below as (select parent_id, count(*) as subteams from there group by parent_id),
    ruling as (select team_id, count(*) as rules from (${rows(RULES)}) held group by team_id)
    select team.team_id as id, ${ofTeam(rows, 'membership')} as users, ${ofTeam(rows, 'resource_version')} as resources,
      coalesce(ruling.rules, 0) as rules, coalesce(below.subteams, 0) as subteams
    from there team
    left join below on below.parent_id = team.team_id left join ruling on ruling.team_id = team.team_id
    where ${choice} order by team.name_key, team.team_id`
}

function declare(choice: keyof typeof CHOICES) {
  const revision = choice === 'all' ? '$2' : '$3'
  return {
    head: statement<TeamCounts>(`team.count-${choice}`, countsAtHead(CHOICES[choice]('team_id'))),
    past: statement<TeamCounts>(`team.count-${choice}-at`, countsAtRevision(CHOICES[choice]('team.team_id'), revision)),
  }
}

const COUNT = { all: declare('all'), ids: declare('ids'), led: declare('led') }

/** Counts of what belongs to teams, in any state of the model. */
export function countTeamParts(
  connection: Connection,
  { organisation, state }: ModelView,
  of: TeamScope | { readonly ids: readonly string[] },
): Promise<readonly TeamCounts[]> {
  const [{ head, past }, ...values] = chosen(of)
  const scope = [organisation, ...values]
  return state === 'head' ? connection.query(head, scope) : connection.query(past, [...scope, state.revision])
}

function chosen(of: Parameters<typeof countTeamParts>[2]): [(typeof COUNT)['all'], ...values: readonly unknown[]] {
  if (of === 'all') return [COUNT.all]
  return 'ids' in of ? [COUNT.ids, of.ids] : [COUNT.led, of.ledBy]
}
