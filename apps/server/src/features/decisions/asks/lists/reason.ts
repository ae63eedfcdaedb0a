import type { Audience } from '../../../rules/index.ts'
import type { Explanation } from '../../compiled/explain-right.ts'
import { decisiveOf, type ShowTeams } from '../chain/teams-to-show.ts'
import type { DataSourceStanding } from '../live-facts.ts'

/** Why somebody reaches something: the first of the rules that give the right, or a part in the data source. */
export interface Reason {
  readonly because: 'rule' | 'no_rule' | 'creator' | 'steward' | 'admin'
  readonly audience?: Audience
  readonly decidedAt?: string
  readonly ruleId?: string
  readonly ruleName?: string
  readonly teamId?: string
  readonly teamName?: string
  readonly permissionId?: string
}

export function reasonOfRules(heard: Explanation, teamsToShow: ShowTeams): Reason {
  const decisive = decisiveOf(heard, teamsToShow)
  if (!decisive) return { because: 'no_rule' }
  const { permission, teams } = decisive
  const { rule, path } = permission
  const team = teams?.at(-1)
  const named = team && {
    ruleId: rule.id,
    ruleName: rule.name,
    teamId: team.id,
    teamName: team.name,
    permissionId: permission.id,
  }
  return { because: 'rule', audience: rule.audience, decidedAt: path, ...named }
}

/** The part in a data source that lets somebody use it whatever the rules say; undefined when they have none. */
export function reasonOfStanding({ isAdmin, isCreator, isSteward }: DataSourceStanding): Reason | undefined {
  if (isAdmin) return { because: 'admin' }
  if (isCreator) return { because: 'creator' }
  return isSteward ? { because: 'steward' } : undefined
}
