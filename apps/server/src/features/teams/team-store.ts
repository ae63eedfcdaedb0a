import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { Team } from './team.ts'

/** What a proposal may ask about the teams of its organisation, as all earlier proposals left them. */
export interface TeamReads {
  findTeam(id: string): Promise<Team | undefined>
  /** The team of that name key under the parent, or among the root teams. */
  findSibling(parent: string | null, nameKey: string): Promise<string | undefined>
  /** True when `id` is `top` or anywhere below it. */
  isAtOrBelow(id: string, top: string): Promise<boolean>
  /** Repositories on which rules of the team or of teams below it speak. */
  repositoriesOfSubtree(id: string): Promise<readonly string[]>
  /** Resources of the team, as `repository:path`, that lie at or below none of `parent`'s. */
  resourcesOutside(id: string, parent: string): Promise<readonly string[]>
}

export interface TeamWrites {
  insertTeam(team: Team): Promise<void>
  /** Its members become members of the teams above its new place as well. */
  changeTeam(team: Team): Promise<void>
  /** With the teams below it, their memberships, resources, rules and permissions. */
  removeTeam(id: string): Promise<void>
}

/** What the interfaces show of teams. */
export interface TeamReadModel {
  find(view: ModelView, id: string): Promise<Team | undefined>
  list(view: ModelView, request: PageRequest): Promise<Page<Team>>
}
