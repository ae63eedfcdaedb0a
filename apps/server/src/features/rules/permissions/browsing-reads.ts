import type { Audience, PermissionType } from '../statement.ts'

/** What a rule says at one path of a repository. */
export interface SpokenStatement {
  /** Of the permission. */
  readonly id: string
  readonly rule: string
  readonly repositoryId: string
  readonly path: string
  readonly permissionType: PermissionType
  readonly audience: Audience
}

export interface Spot {
  readonly repositoryId: string
  readonly path: string
}

/** Whom to look at: the enabled users among those that a rule names, or among the ones given by id. */
export type Whom = { readonly membersOf: string } | { readonly users: readonly string[] }

export interface Hearing {
  /** Usernames of all who are looked at. */
  readonly usernames: readonly string[]
  /** Those of them that a rule names, by the rule's id. */
  readonly byRule: ReadonlyMap<string, readonly string[]>
}

/** What a proposal may ask to tell whether users can browse to where it lets them in. */
export interface BrowsingReads {
  /** Where the rule lets anybody read, the roots of repositories apart. */
  spotsOfRule(rule: string): Promise<readonly Spot[]>
  /** What is said at any of the paths in any of the repositories, and the repositories' names by their ids. */
  statementsAt(
    repositories: readonly string[],
    paths: readonly string[],
  ): Promise<{ readonly statements: readonly SpokenStatement[]; readonly names: ReadonlyMap<string, string> }>
  hearersOf(rules: readonly string[], whom: Whom): Promise<Hearing>
}
