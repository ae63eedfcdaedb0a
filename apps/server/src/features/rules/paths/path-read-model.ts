import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page } from '../../../kernel/page.ts'
import type { Audience, PermissionType } from '../statement.ts'

/** What a rule says at a path of a repository, and whose rule it is. */
export interface PlacedStatement {
  /** Of the permission. */
  readonly id: string
  /** Where it is said. */
  readonly path: string
  readonly permissionType: PermissionType
  readonly audience: Audience
  readonly ruleId: string
  readonly ruleName: string
  readonly teamId: string
  readonly teamName: string
}

/** A directory or file that rules speak of, or of something below it. */
export interface SpokenPath {
  /** Its last segment. */
  readonly name: string
  readonly path: string
  /** How often rules speak of it and of what is below it. */
  readonly statements: number
}

export interface PathPage {
  /** 1-based. */
  readonly pageNumber: number
  readonly pageSize: number
}

/** Where rules speak in a repository, in any state of the model. */
export interface PathReadModel {
  /** What is said at any of the paths, the longest path first. */
  listStatements(
    view: ModelView,
    where: { readonly repository: string; readonly paths: readonly string[] },
    page: PathPage,
  ): Promise<Page<PlacedStatement>>
  /** The paths directly below one, by name. */
  listBelow(
    view: ModelView,
    where: { readonly repository: string; readonly path: string },
    page: PathPage,
  ): Promise<Page<SpokenPath>>
}
