import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeTeams } from '../teams/index.ts'
import { ruleErrors } from './rule.ts'
import type { RuleReads, RuleWrites } from './rule-store.ts'

export interface RuleInTeam {
  readonly teamId: string
  readonly ruleId: string
}

/** Deletes a rule with its members and permissions. */
export const deleteRule: ProposalKind<RuleReads, RuleWrites, RuleInTeam> = {
  type: 'rule.delete',
  creates: false,
  async check(reads, { caller }, { teamId, ruleId }) {
    assertMayChangeTeams(caller)
    const rule = await reads.findRule(teamId, ruleId)
    if (!rule) throw ruleErrors.not_found(ruleId)
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, ownerTeam: rule.ownerTeam } },
      touches: await reads.repositoriesOfRule(rule.id),
      write: (writes) => writes.removeRule(rule.id),
    }
  },
}
