import type { ProposalKind } from '../../../kernel/proposal.ts'
import type { LeaderGrants } from '../../teams/index.ts'
import { type RuleInTeam, ruleErrors } from '../rule.ts'
import { getChangeableRule } from '../rule-policy.ts'
import { type RuleReads, type RuleWrites, repositoriesOf } from '../rule-store.ts'
import { type NewPermission, placePermissions } from './place-permissions.ts'
import { warnOfPermissions } from './warn-of-unreachable.ts'

export interface EditedPermission extends NewPermission {
  readonly id: string
}

export interface EditedPermissions extends RuleInTeam {
  readonly DTOs: readonly EditedPermission[]
}

/**
 * Gives permissions of a rule the fields sent, a path that is left out being that of the resource: all of the request, or
 * nothing. They are looked at together, so two of them may change places.
 */
export const changePermissions: ProposalKind<RuleReads & LeaderGrants, RuleWrites, EditedPermissions> = {
  type: 'rule.change-permissions',
  creates: false,
  async check(reads, { caller }, input) {
    const rule = await getChangeableRule(reads, caller, input)
    const ids = input.DTOs.map(({ id }) => id)
    const before = await reads.permissionsOfRule(rule.id, ids)
    const known = new Set(before.map(({ id }) => id))
    const unknown = ids.filter((id) => !known.has(id))
    if (unknown.length > 0) throw ruleErrors.unknown_permissions(unknown)
    const again = findRepeated(ids)
    if (again !== undefined) throw ruleErrors.permission_twice(again)
    const after = await placePermissions(reads, { rule, asked: input.DTOs })
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, before, after } },
      touches: repositoriesOf([...before, ...after]),
      warnings: await warnOfPermissions(reads, { rule, permissions: after }),
      write: (writes) => writes.changePermissions(after),
    }
  },
}

/** Where the list names something that it named before. */
function findRepeated(ids: readonly string[]): number | undefined {
  const seen = new Set<string>()
  for (const [index, id] of ids.entries()) {
    if (seen.has(id)) return index
    seen.add(id)
  }
  return undefined
}
