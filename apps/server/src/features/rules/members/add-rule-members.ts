import type { ProposalKind } from '../../../kernel/proposal.ts'
import type { LeaderGrants, MemberReads } from '../../teams/index.ts'
import { type UserReads, userErrors } from '../../users/index.ts'
import { warnOfMembers } from '../permissions/warn-of-unreachable.ts'
import { type RuleInTeam, ruleErrors } from '../rule.ts'
import { getChangeableRule } from '../rule-policy.ts'
import type { RuleReads, RuleWrites } from '../rule-store.ts'

export interface RuleMembers extends RuleInTeam {
  readonly ids: readonly string[]
}

type Reads = RuleReads & LeaderGrants & MemberReads & UserReads

/** Names members of the team in a rule; who is named already stays so. */
export const addRuleMembers: ProposalKind<Reads, RuleWrites, RuleMembers> = {
  type: 'rule.add-members',
  creates: false,
  async check(reads, { caller }, { ids, ...input }) {
    const rule = await getChangeableRule(reads, caller, input)
    const strangers = await reads.notMembers(rule.ownerTeam, ids)
    if (strangers.length > 0) {
      const unknown = await reads.unknownUsers(strangers)
      throw unknown.length > 0 ? userErrors.unknown_ids(unknown) : ruleErrors.not_team_members(strangers)
    }
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, added: ids } },
      touches: await reads.repositoriesOfRule(rule.id),
      warnings: await warnOfMembers(reads, { rule, users: ids }),
      write: (writes) => writes.addRuleMembers(rule.id, ids),
    }
  },
}
