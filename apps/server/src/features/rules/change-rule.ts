import type { ProposalKind } from '../../kernel/proposal.ts'
import { type Conditional, requireVersion } from '../../kernel/version.ts'
import { isPrintableName, type LeaderGrants, nameKey } from '../teams/index.ts'
import type { NewRule } from './create-rule.ts'
import { type Rule, ruleErrors, versionOfRule } from './rule.ts'
import { assertMayWiden, getChangeableRule } from './rule-policy.ts'
import type { RuleReads, RuleWrites } from './rule-store.ts'

export interface RuleChange extends NewRule, Conditional {
  readonly ruleId: string
  readonly id?: string
}

/** Gives a rule the fields of `input`: what is left out is cleared, except that its audience stays unless one is sent. */
export const changeRule: ProposalKind<RuleReads & LeaderGrants, RuleWrites, RuleChange> = {
  type: 'rule.change',
  creates: false,
  async check(reads, { caller }, input) {
    const before = await getChangeableRule(reads, caller, input)
    requireVersion(input, versionOfRule(before))
    const after: Rule = {
      ...before,
      ruleName: input.ruleName,
      description: input.description ?? null,
      audience: input.audience ?? before.audience,
    }
    assertMayWiden(caller, after.audience)
    if (input.id !== undefined && input.id !== before.id) throw ruleErrors.other_id(before.id)
    if (input.ownerTeam !== undefined && input.ownerTeam !== before.ownerTeam) throw ruleErrors.other_team()
    if (!isPrintableName(after.ruleName)) throw ruleErrors.bad_name(after.ruleName)
    const named = await reads.findRuleNamed(before.ownerTeam, nameKey(after.ruleName))
    if (named !== undefined && named !== before.id) throw ruleErrors.name_taken(after.ruleName)
    return {
      object: { type: 'rule', id: before.id, details: { before, after } },
      touches: after.audience === before.audience ? [] : await reads.repositoriesOfRule(before.id),
      write: (writes) => writes.changeRule(after),
    }
  },
}
