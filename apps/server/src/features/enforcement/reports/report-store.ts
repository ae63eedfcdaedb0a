import type { ModelView } from '../../../kernel/model-state.ts'
import type { Audience, RepositoryRights } from '../../rules/index.ts'

/** Two revisions of an organisation's model, in either order. */
export interface Span {
  readonly organisation: number
  readonly from: number
  readonly to: number
}

/** A rule as it stood at a revision. */
export interface RuleAt {
  readonly ruleName: string
  readonly description: string | null
  readonly audience: Audience
}

export interface MemberCounts {
  readonly membersAdded: number
  readonly membersRemoved: number
}

export interface PermissionCounts {
  readonly permissionsAdded: number
  readonly permissionsRemoved: number
  /** Whose type became another. */
  readonly permissionsChanged: number
}

/** A rule that is not the same at both ends of a span. */
export interface ChangedRule extends MemberCounts, PermissionCounts {
  readonly ruleId: string
  readonly teamId: string
  /** As the team was called last in the span. */
  readonly teamName: string
  /** At its `from` and at its `to`; absent where there is no such rule then. */
  readonly before: RuleAt | undefined
  readonly after: RuleAt | undefined
}

export interface NamedRepository {
  readonly id: string
  readonly name: string
}

/** What the reports are made from. */
export interface ReportStore {
  /**
   * The rules that differ between the two revisions, in no order, and the repositories of which they speak at either: no
   * right in any other can differ.
   */
  findChanges(span: Span): Promise<{ rules: readonly ChangedRule[]; repositories: readonly NamedRepository[] }>
  /** All of them, in the order of their names. */
  listRepositories(organisation: number): Promise<readonly NamedRepository[]>
  readRights(
    view: Pick<ModelView, 'organisation' | 'state'>,
    repositories: readonly string[],
  ): Promise<ReadonlyMap<string, RepositoryRights>>
  hasUser(organisation: number, username: string): Promise<boolean>
  hasRepository(organisation: number, name: string): Promise<boolean>
}
