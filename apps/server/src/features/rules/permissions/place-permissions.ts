import { dataSourceNamed } from '../../repositories/index.ts'
import { parseRepositoryPath } from '../../teams/index.ts'
import { effectivePath, type Rule, ruleErrors } from '../rule.ts'
import type { PlacedPermission, ResourcePlace, RuleReads } from '../rule-store.ts'
import type { PermissionType } from '../statement.ts'

export interface NewPermission {
  readonly permissionType: PermissionType
  readonly path?: string
  readonly ownerRule?: string
  readonly ownerResource: string
}

export interface AskedPermissions {
  readonly rule: Rule
  /** New ones, or those that are the rule's already as they are to be from now on. */
  readonly asked: readonly (NewPermission & { readonly id: string })[]
}

/** Finds what the permissions speak of; throws for the first that the rule cannot have. */
export async function placePermissions(
  reads: RuleReads,
  { rule, asked }: AskedPermissions,
): Promise<readonly PlacedPermission[]> {
  const wanted = [...new Set(asked.map(({ ownerResource }) => ownerResource))]
  const places = new Map((await reads.resourcesOfTeam(rule.ownerTeam, wanted)).map((place) => [place.id, place]))
  const unknown = wanted.filter((id) => !places.has(id))
  if (unknown.length > 0) throw ruleErrors.unknown_resources(unknown)
  const moving = new Set(asked.map(({ id }) => id))
  const staying = (await reads.spokenOf(rule.id, wanted)).filter(({ id }) => !moving.has(id))
  const spoken = new Set(staying.map((each) => spot(each.resource, each.effectivePath)))
  return asked.map((permission, index) => {
    const place = places.get(permission.ownerResource) as ResourcePlace // all of them were found above
    const placed = placeOne(rule, { permission, place, index })
    const taken = spot(place.id, placed.effectivePath)
    if (spoken.has(taken)) throw ruleErrors.permission_taken(index, placed.effectivePath)
    spoken.add(taken)
    return placed
  })
}

interface Placing {
  readonly permission: NewPermission & { readonly id: string }
  readonly place: ResourcePlace
  /** Where in the request it stands. */
  readonly index: number
}

function placeOne(rule: Rule, { permission, place, index }: Placing): PlacedPermission {
  const { id, permissionType, path = '', ownerRule = rule.id } = permission
  if (ownerRule !== rule.id) throw ruleErrors.other_rule(index)
  const spokenOf = parseRepositoryPath(effectivePath(place.path, path))
  const isDataSource = dataSourceNamed(place.repositoryName) !== undefined
  if (isDataSource && spokenOf !== '/') throw ruleErrors.whole_data_source(index)
  return {
    id,
    permissionType,
    path,
    ownerRule,
    ownerResource: place.id,
    repositoryId: place.repositoryId,
    effectivePath: spokenOf,
  }
}

function spot(resource: string, path: string): string {
  return `${resource} ${path}`
}
