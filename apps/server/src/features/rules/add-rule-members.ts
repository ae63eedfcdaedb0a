import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeTeams, type MemberReads } from '../teams/index.ts'
import { type UserReads, userErrors } from '../users/index.ts'
import type { RuleInTeam } from './delete-rule.ts'
import { ruleErrors } from './rule.ts'
import type { RuleReads, RuleWrites } from './rule-store.ts'

export interface RuleMembers extends RuleInTeam {
  readonly ids: readonly string[]
}

/** Names members of the team in a rule; who is named already stays so. */
export const addRuleMembers: ProposalKind<RuleReads & MemberReads & UserReads, RuleWrites, RuleMembers> = {
  type: 'rule.add-members',
  creates: false,
  async check(reads, { caller }, { teamId, ruleId, ids }) {
    assertMayChangeTeams(caller)
    const rule = await reads.findRule(teamId, ruleId)
    if (!rule) throw ruleErrors.not_found(ruleId)
    const strangers = await reads.notMembers(teamId, ids)
    if (strangers.length > 0) {
      const unknown = await reads.unknownUsers(strangers)
      throw unknown.length > 0 ? userErrors.unknown_ids(unknown) : ruleErrors.not_team_members(strangers)
    }
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, added: ids } },
      touches: await reads.repositoriesOfRule(rule.id),
      write: (writes) => writes.addRuleMembers(rule.id, ids),
    }
  },
}
