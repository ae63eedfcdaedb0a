import type { ProposalKind } from '../../../kernel/proposal.ts'
import type { LeaderGrants } from '../../teams/index.ts'
import type { RuleInTeam } from '../rule.ts'
import { getChangeableRule } from '../rule-policy.ts'
import { type RuleReads, type RuleWrites, repositoriesOf } from '../rule-store.ts'
import { type NewPermission, placePermissions } from './place-permissions.ts'
import { warnOfPermissions } from './warn-of-unreachable.ts'

export interface NewPermissions extends RuleInTeam {
  readonly DTOs: readonly NewPermission[]
}

/** Lets a rule speak of paths at or below its team's resources: all of the request, or nothing. */
export const addPermissions: ProposalKind<RuleReads & LeaderGrants, RuleWrites, NewPermissions> = {
  type: 'rule.add-permissions',
  creates: false,
  async check(reads, { caller, ids }, { DTOs, ...input }) {
    const rule = await getChangeableRule(reads, caller, input)
    const asked = DTOs.map((permission) => ({ ...permission, id: ids.next() }))
    const permissions = await placePermissions(reads, { rule, asked })
    const said = permissions.map(({ permissionType, effectivePath: path, repositoryId }) => ({
      permissionType,
      path,
      repositoryId,
    }))
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, permissions: said } },
      touches: repositoriesOf(permissions),
      warnings: await warnOfPermissions(reads, { rule, permissions }),
      write: (writes) => writes.insertPermissions(permissions),
    }
  },
}
