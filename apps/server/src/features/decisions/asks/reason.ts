import type { Audience } from '../../rules/index.ts'
import type { Explanation } from '../compiled/explain-right.ts'
import type { ModelPermission } from '../compiled/model-parts.ts'
import type { NamedTeam } from './link.ts'
import type { DataSourceStanding } from './live-facts.ts'

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

/** @param teamsToShow - see `Hearing` */
export function reasonOfRules(
  { by, path, audience }: Explanation,
  teamsToShow: (permission: ModelPermission) => readonly NamedTeam[] | undefined,
): Reason {
  const [decisive] = by
  if (!decisive || path === undefined || audience === undefined) return { because: 'no_rule' }
  const team = teamsToShow(decisive)?.at(-1)
  const named = team && {
    ruleId: decisive.rule.id,
    ruleName: decisive.rule.name,
    teamId: team.id,
    teamName: team.name,
    permissionId: decisive.id,
  }
  return { because: 'rule', audience, decidedAt: path, ...named }
}

/** The part in a data source that lets somebody use it whatever the rules say; undefined when they have none. */
export function reasonOfStanding({ isAdmin, isCreator, isSteward }: DataSourceStanding): Reason | undefined {
  if (isAdmin) return { because: 'admin' }
  if (isCreator) return { because: 'creator' }
  return isSteward ? { because: 'steward' } : undefined
}
