import type { ProposalKind } from '../../kernel/proposal.ts'
import { requireVersion } from '../../kernel/version.ts'
import type { LeaderGrants } from '../teams/index.ts'
import { type RuleDeletion, versionOfRule } from './rule.ts'
import { getChangeableRule } from './rule-policy.ts'
import type { RuleReads, RuleWrites } from './rule-store.ts'

/** Deletes a rule with its members and permissions. */
export const deleteRule: ProposalKind<RuleReads & LeaderGrants, RuleWrites, RuleDeletion> = {
  type: 'rule.delete',
  creates: false,
  async check(reads, { caller }, input) {
    const rule = await getChangeableRule(reads, caller, input)
    requireVersion(input, versionOfRule(rule))
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, ownerTeam: rule.ownerTeam } },
      touches: await reads.repositoriesOfRule(rule.id),
      write: (writes) => writes.removeRule(rule.id),
    }
  },
}
