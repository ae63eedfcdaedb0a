import type { ProposalKind } from '../../../kernel/proposal.ts'
import type { LeaderGrants } from '../../teams/index.ts'
import { ruleErrors } from '../rule.ts'
import { getChangeableRule } from '../rule-policy.ts'
import type { RuleReads, RuleWrites } from '../rule-store.ts'
import type { RuleMembers } from './add-rule-members.ts'

/** Takes users out of a rule; they stay members of its team. */
export const removeRuleMembers: ProposalKind<RuleReads & LeaderGrants, RuleWrites, RuleMembers> = {
  type: 'rule.remove-members',
  creates: false,
  async check(reads, { caller }, { ids, ...input }) {
    const rule = await getChangeableRule(reads, caller, input)
    const strangers = await reads.notInRule(rule.id, ids)
    if (strangers.length > 0) throw ruleErrors.not_in_rule(strangers)
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, removed: ids } },
      touches: await reads.repositoriesOfRule(rule.id),
      write: (writes) => writes.removeRuleMembers(rule.id, ids),
    }
  },
}
