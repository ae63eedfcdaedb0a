import { accessErrors } from '../../kernel/access.ts'
import { holds, type Principal } from '../../kernel/principal.ts'
import { type LeaderGrants, requireOnTeam } from '../teams/index.ts'
import { type Rule, type RuleInTeam, ruleErrors } from './rule.ts'
import type { RuleReads } from './rule-store.ts'
import type { Audience } from './statement.ts'

/**
 * The rule that the caller may change: as an admin of teams, or as a leader who manages the rules of the team. A rule for
 * a wider audience than the team's own members is the admins' in all its parts: its permissions speak of people whom no
 * leader was trusted with.
 */
export async function getChangeableRule(
  reads: RuleReads & LeaderGrants,
  caller: Principal,
  { teamId, ruleId }: RuleInTeam,
): Promise<Rule> {
  await requireOnTeam(reads, caller, teamId, 'manageRules')
  const rule = await reads.findRule(teamId, ruleId)
  if (!rule) throw ruleErrors.not_found(ruleId)
  assertMayWiden(caller, rule.audience)
  return rule
}

/** Only admins of teams may have a rule speak of more people than the team's own. */
export function assertMayWiden(caller: Principal, audience: Audience): void {
  if (audience !== 'members' && !holds(caller, 'allow_modify_teams')) {
    throw accessErrors.not_admin(`make or change a rule for the audience "${audience}"`)
  }
}
