import type { ProposalKind } from '../../kernel/proposal.ts'
import {
  isPrintableName,
  type LeaderGrants,
  nameKey,
  requireOnTeam,
  type TeamReads,
  teamErrors,
} from '../teams/index.ts'
import { ruleErrors } from './rule.ts'
import { assertMayWiden } from './rule-policy.ts'
import type { RuleReads, RuleWrites } from './rule-store.ts'
import type { Audience } from './statement.ts'

export interface NewRule {
  readonly teamId: string
  readonly ruleName: string
  readonly description?: string
  readonly ownerTeam?: string
  readonly audience?: Audience
}

/** Makes a rule of a team; it says nothing until it has permissions, and members unless its audience is wider. */
export const createRule: ProposalKind<TeamReads & RuleReads & LeaderGrants, RuleWrites, NewRule> = {
  type: 'rule.create',
  creates: true,
  async check(reads, { caller, entityId }, input) {
    await requireOnTeam(reads, caller, input.teamId, 'manageRules')
    const audience = input.audience ?? 'members'
    assertMayWiden(caller, audience)
    const team = await reads.findTeam(input.teamId)
    if (!team) throw teamErrors.not_found(input.teamId)
    const { ruleName } = input
    if (!isPrintableName(ruleName)) throw ruleErrors.bad_name(ruleName)
    if (input.ownerTeam !== undefined && input.ownerTeam !== team.id) throw ruleErrors.other_team()
    if (await reads.findRuleNamed(team.id, nameKey(ruleName))) throw ruleErrors.name_taken(ruleName)
    return {
      object: { type: 'rule', id: entityId, details: { team: team.name, ruleName, audience } },
      touches: [],
      write: (writes) =>
        writes.insertRule({
          id: entityId,
          ruleName,
          description: input.description ?? null,
          ownerTeam: team.id,
          audience,
        }),
    }
  },
}
