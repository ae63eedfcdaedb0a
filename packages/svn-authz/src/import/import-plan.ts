import type { Access } from '../authz-file.ts'

/** Whom a rule speaks of: the members it names, every signed-in user, or anonymous visitors too. */
export type RuleAudience = 'members' | 'authenticated' | 'everyone'

/** A path of a repository. */
export interface Place {
  readonly repository: string
  readonly path: string
}

/** One access for the same people at many places. */
export interface PlannedRule {
  readonly name: string
  readonly audience: RuleAudience
  readonly access: Access
  /** Usernames, sorted; none for a wider audience. */
  readonly members: readonly string[]
  readonly places: readonly Place[]
}

/** A team, with what it must hand out for its rules to speak of their places. */
export interface PlannedTeam {
  readonly name: string
  /** The group of the file that it stands for, if it stands for one. */
  readonly group?: string
  readonly description: string
  /** Usernames, sorted; every member of its rules is among them. */
  readonly members: readonly string[]
  /** Each place of its rules is at or below exactly one of these. */
  readonly resources: readonly Place[]
  readonly rules: readonly PlannedRule[]
}

/**
 * What to create so that the same people get the same access as an existing authz file gives them.
 *
 * A plan means: at the nearest path of which a rule speaks that applies to a visitor, the narrowest audience decides, and
 * within it `no` beats `rw` beats `r`.
 */
export interface ImportPlan {
  readonly users: readonly string[]
  readonly repositories: readonly string[]
  readonly teams: readonly PlannedTeam[]
  /** What the plan leaves out, and why, in sentences. */
  readonly unexpressed: readonly string[]
  /** What holds now as in the file, and will not follow later changes as the file's own words would. */
  readonly notes: readonly ImportNote[]
}

/** Something to know of a plan that is no loss. */
export interface ImportNote {
  readonly kind: 'spelt_out' | 'renamed' | 'unused'
  /** A sentence. */
  readonly message: string
}

/** A plan for one of the repositories that a file speaks of. */
export interface RepositoryImportPlan extends Omit<ImportPlan, 'repositories'> {
  readonly repository: string
  /** What belongs to other repositories, and is therefore not in the plan. */
  readonly others: {
    readonly repositories: readonly { readonly name: string; readonly sections: number }[]
    /** Groups of which only sections of other repositories speak. */
    readonly groups: readonly string[]
  }
}

/**
 * The order to bring rules into force in, by their access: then nobody ever has more, on the way, than in the end.
 */
export const ENFORCING_ORDER: readonly Access[] = ['no', 'r', 'rw']
