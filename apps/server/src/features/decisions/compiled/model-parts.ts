import type { Audience, Right } from '../../rules/index.ts'
import type { SpokenPaths } from './spoken-paths.ts'

/** The parts of a compiled model, joined by references. A model changes them in place: keep none of them across a wait. */
export interface ModelUser {
  /** Small, and the user's for the life of the model. */
  readonly number: number
  readonly id: string
  readonly username: string
  enabled: boolean
}

export interface ModelTeam {
  readonly id: string
  name: string
  parent: string | undefined
}

export interface ModelRule {
  /** Small; another rule's once this one is gone. */
  readonly number: number
  readonly id: string
  name: string
  team: string
  audience: Audience
  readonly permissions: ModelPermission[]
}

export interface ModelPermission {
  readonly id: string
  readonly rule: ModelRule
  readonly repository: ModelRepository
  readonly path: string
  readonly right: Right
}

export interface ModelRepository {
  readonly id: string
  name: string
  /** The paths that rules speak of. */
  readonly spoken: SpokenPaths<ModelPermission>
}

/** A path of a repository. */
export interface Spot {
  readonly repository: ModelRepository
  /** Canonical: `/`, or parts each after a `/`. */
  readonly path: string
}

/** What a rule says of one path. */
export function permissionsAt(rule: ModelRule, { repository, path }: Spot): ModelPermission[] {
  return rule.permissions.filter((each) => each.path === path && each.repository === repository)
}
