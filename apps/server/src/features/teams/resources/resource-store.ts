import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { Team } from '../team.ts'
import type { AvailableResource, Resource } from './resource.ts'

export interface ResourceReads {
  /** True when the team has exactly this resource. */
  hasResource(team: string, repositoryId: string, path: string): Promise<boolean>
  /** True when a resource of the team is the path or lies above it. */
  coversPath(team: string, repositoryId: string, path: string): Promise<boolean>
  /** Those of `ids` that are no resources of the team. */
  notResources(team: string, ids: readonly string[]): Promise<readonly string[]>
  /** Repositories on which permissions speak that go when these resources are taken from the team. */
  repositoriesSpokenOf(team: string, ids: readonly string[]): Promise<readonly string[]>
}

export interface ResourceWrites {
  insertResource(resource: Resource & { readonly repositoryId: string }): Promise<void>
  /** From the team; from the teams below it what no remaining resource of their parents covers; and the permissions on all these. */
  removeResources(team: string, ids: readonly string[]): Promise<void>
}

/** What the interfaces show of resources. */
export interface ResourceReadModel {
  list(view: ModelView, team: string, request: PageRequest): Promise<Page<Resource>>
  /** What the team may be given and does not have: its parent's resources, or the roots of repositories as they are now. */
  listAvailable(view: ModelView, team: Team, request: PageRequest): Promise<Page<AvailableResource>>
}
