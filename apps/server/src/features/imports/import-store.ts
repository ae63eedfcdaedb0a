import type { Audience, PermissionType } from '../rules/index.ts'
import type { UserReads } from '../users/index.ts'

/** A repository of the organisation, and what rules say of it already. */
export interface ImportTarget {
  readonly id: string
  readonly name: string
  readonly permissions: number
}

export interface KnownUser {
  readonly id: string
  readonly username: string
  readonly enabled: boolean
}

/** What an import may ask, as all earlier proposals left it. */
export interface ImportReads extends Pick<UserReads, 'allowsLocalUsers'> {
  findImportTarget(repositoryId: string): Promise<ImportTarget | undefined>
  /** True when a root team has this name key. */
  rootTeamExists(nameKey: string): Promise<boolean>
  /** Those of the names that users of the organisation have. */
  usersNamed(usernames: readonly string[]): Promise<readonly KnownUser[]>
}

export interface ImportWrites {
  /** Makes all of it, in seven statements for all but the largest files. */
  insertImport(rows: ImportRows): Promise<void>
}

/** Everything that an import makes, as rows. */
export interface ImportRows {
  readonly repository: { readonly id: string; readonly name: string }
  readonly newUsers: readonly { readonly id: string; readonly username: string }[]
  /** Ids of all users that the rows speak of; pairs refer to their positions. */
  readonly people: readonly string[]
  /** A team above another comes before it. */
  readonly teams: readonly TeamRow[]
  readonly members: readonly Pair[]
  readonly resources: readonly ResourceRow[]
  readonly rules: readonly RuleRow[]
  readonly ruleMembers: readonly Pair[]
  readonly permissions: readonly PermissionRow[]
}

/** The position of a team or rule, and that of one of the people, from 0. */
export type Pair = readonly [owner: number, person: number]

export interface TeamRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly parentTeam: string | null
}

export interface ResourceRow {
  readonly id: string
  readonly team: string
  readonly path: string
}

export interface RuleRow {
  readonly id: string
  readonly team: string
  readonly name: string
  readonly audience: Audience
}

export interface PermissionRow {
  readonly id: string
  readonly rule: string
  readonly resource: string
  readonly type: PermissionType
  /** Relative to the resource. */
  readonly path: string
  readonly effectivePath: string
}
