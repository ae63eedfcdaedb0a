import type { ProposalContext, ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeTeams, parseRepositoryPath } from '../teams/index.ts'
import type { RuleInTeam } from './delete-rule.ts'
import { effectivePath, type Rule, ruleErrors } from './rule.ts'
import type { PlacedPermission, ResourcePlace, RuleReads, RuleWrites } from './rule-store.ts'
import type { PermissionType } from './statement.ts'

export interface NewPermission {
  readonly permissionType: PermissionType
  readonly path?: string
  readonly ownerRule?: string
  readonly ownerResource: string
}

export interface NewPermissions extends RuleInTeam {
  readonly DTOs: readonly NewPermission[]
}

/** Lets a rule speak of paths at or below its team's resources: all of the request, or nothing. */
export const addPermissions: ProposalKind<RuleReads, RuleWrites, NewPermissions> = {
  type: 'rule.add-permissions',
  creates: false,
  async check(reads, context, { teamId, ruleId, DTOs }) {
    assertMayChangeTeams(context.caller)
    const rule = await reads.findRule(teamId, ruleId)
    if (!rule) throw ruleErrors.not_found(ruleId)
    const permissions = await placeAll(reads, context, { rule, DTOs })
    const said = permissions.map(({ permissionType, effectivePath: path, repositoryId }) => ({
      permissionType,
      path,
      repositoryId,
    }))
    return {
      object: { type: 'rule', id: rule.id, details: { ruleName: rule.ruleName, permissions: said } },
      touches: [...new Set(permissions.map(({ repositoryId }) => repositoryId))],
      write: (writes) => writes.insertPermissions(permissions),
    }
  },
}

interface Asked {
  readonly rule: Rule
  readonly DTOs: readonly NewPermission[]
}

async function placeAll(
  reads: RuleReads,
  { ids }: ProposalContext,
  { rule, DTOs }: Asked,
): Promise<PlacedPermission[]> {
  const wanted = [...new Set(DTOs.map(({ ownerResource }) => ownerResource))]
  const places = new Map((await reads.resourcesOfTeam(rule.ownerTeam, wanted)).map((place) => [place.id, place]))
  const unknown = wanted.filter((id) => !places.has(id))
  if (unknown.length > 0) throw ruleErrors.unknown_resources(unknown)
  const spoken = new Set((await reads.spokenOf(rule.id, wanted)).map((each) => spot(each.resource, each.effectivePath)))
  return DTOs.map((asked, index) => {
    const place = places.get(asked.ownerResource) as ResourcePlace // all of them were found above
    if (asked.ownerRule !== undefined && asked.ownerRule !== rule.id) throw ruleErrors.other_rule(index)
    const path = asked.path ?? ''
    const effective = parseRepositoryPath(effectivePath(place.path, path))
    if (spoken.has(spot(place.id, effective))) throw ruleErrors.permission_taken(index, effective)
    spoken.add(spot(place.id, effective))
    return {
      id: ids.next(),
      permissionType: asked.permissionType,
      path,
      ownerRule: rule.id,
      ownerResource: place.id,
      repositoryId: place.repositoryId,
      effectivePath: effective,
    }
  })
}

function spot(resource: string, path: string): string {
  return `${resource} ${path}`
}
