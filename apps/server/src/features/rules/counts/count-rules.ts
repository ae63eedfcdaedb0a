import type { ModelView } from '../../../kernel/model-state.ts'
import { ruleErrors } from '../rule.ts'
import type { RuleCounts, RuleReadModel, RuleScope } from '../rule-store.ts'

export interface CountedRules {
  readonly scope: RuleScope
  /** All of the scope when absent. */
  readonly ids: readonly string[] | undefined
}

/** Counts for rules of the scope, by name; throws `rule.unknown_ids` when one is none of it. */
export async function countRules(
  deps: { readonly rules: Pick<RuleReadModel, 'count'> },
  view: ModelView,
  { scope, ids }: CountedRules,
): Promise<readonly RuleCounts[]> {
  const counts = await deps.rules.count(view, scope, ids)
  const known = new Set(counts.map(({ id }) => id))
  const unknown = (ids ?? []).filter((id) => !known.has(id))
  if (unknown.length > 0) throw ruleErrors.unknown_ids(unknown)
  return counts
}
