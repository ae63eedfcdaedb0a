import type { Audience, PermissionType } from '../rules/index.ts'

/** All that decides who reaches what in one organisation, at one revision of its model, and what an answer names. */
export interface ModelFacts {
  readonly users: readonly UserFact[]
  readonly teams: readonly TeamFact[]
  readonly rules: readonly RuleFact[]
  readonly repositories: readonly RepositoryFact[]
  readonly permissions: readonly PermissionFact[]
  readonly members: readonly MembersFact[]
}

export interface UserFact {
  readonly id: string
  readonly username: string
  readonly enabled: boolean
}

export interface TeamFact {
  readonly id: string
  readonly name: string
  readonly parent: string | undefined
}

export interface RuleFact {
  readonly id: string
  readonly name: string
  readonly team: string
  readonly audience: Audience
}

/** A Subversion repository, or a data source under the name that rules know it by. */
export interface RepositoryFact {
  readonly id: string
  readonly name: string
}

export interface PermissionFact {
  readonly id: string
  readonly rule: string
  readonly repository: string
  readonly type: PermissionType
  /** Canonical: `/`, or parts each after a `/`. */
  readonly path: string
}

/** Whom a rule names. */
export interface MembersFact {
  readonly rule: string
  /** Ids of users, each once. */
  readonly users: readonly string[]
}

/**
 * What differs between two states of a model. Everything is named by its id, and told as it stands afterwards, so that
 * the same changes applied twice are applied once.
 */
export interface ModelChanges {
  /** New, or changed. Users, repositories and their names never go. */
  readonly users: readonly UserFact[]
  readonly repositories: readonly RepositoryFact[]
  readonly teams: Changes<TeamFact>
  /** A rule that is gone took its members and permissions along. */
  readonly rules: Changes<RuleFact>
  readonly permissions: Changes<PermissionFact>
  readonly members: readonly MembersChange[]
}

export interface Changes<Fact> {
  readonly made: readonly Fact[]
  readonly gone: readonly string[]
}

export interface MembersChange {
  readonly rule: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}
