import type { ModelView } from '../../kernel/model-state.ts'
import { type Rule, type RuleInTeam, ruleErrors } from './rule.ts'
import type { RuleReadModel } from './rule-store.ts'

/** The rule, in the state that is asked for; throws `rule.not_found`. */
export async function getRule(
  deps: { readonly rules: RuleReadModel },
  view: ModelView,
  { teamId, ruleId }: RuleInTeam,
): Promise<Rule> {
  const rule = await deps.rules.find(view, teamId, ruleId)
  if (!rule) throw ruleErrors.not_found(ruleId)
  return rule
}
