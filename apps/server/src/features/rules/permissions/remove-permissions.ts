import type { ProposalKind } from '../../../kernel/proposal.ts'
import type { LeaderGrants } from '../../teams/index.ts'
import { type RuleInTeam, ruleErrors } from '../rule.ts'
import { getChangeableRule } from '../rule-policy.ts'
import { type RuleReads, type RuleWrites, repositoriesOf } from '../rule-store.ts'

export interface PermissionsOfRule extends RuleInTeam {
  readonly ids: readonly string[]
}

/** Has a rule no longer speak of some paths: all of the request, or nothing. */
export const removePermissions: ProposalKind<RuleReads & LeaderGrants, RuleWrites, PermissionsOfRule> = {
  type: 'rule.remove-permissions',
  creates: false,
  async check(reads, { caller }, input) {
    const rule = await getChangeableRule(reads, caller, input)
    const removed = await reads.permissionsOfRule(rule.id, input.ids)
    const known = new Set(removed.map(({ id }) => id))
    const unknown = input.ids.filter((id) => !known.has(id))
    if (unknown.length > 0) throw ruleErrors.unknown_permissions(unknown)
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, removed } },
      touches: repositoriesOf(removed),
      write: (writes) => writes.removePermissions(input.ids),
    }
  },
}
