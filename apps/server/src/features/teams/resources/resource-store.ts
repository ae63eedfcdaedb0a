import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { Resource } from './resource.ts'

export interface ResourceReads {
  /** True when the team has exactly this resource. */
  hasResource(team: string, repositoryId: string, path: string): Promise<boolean>
  /** True when a resource of the team is the path or lies above it. */
  coversPath(team: string, repositoryId: string, path: string): Promise<boolean>
}

export interface ResourceWrites {
  insertResource(resource: Resource & { readonly repositoryId: string }): Promise<void>
}

/** What the interfaces show of resources. */
export interface ResourceReadModel {
  list(view: ModelView, team: string, request: PageRequest): Promise<Page<Resource>>
}
