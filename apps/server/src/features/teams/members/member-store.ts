import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { User } from '../../users/index.ts'

export interface MemberReads {
  /** Those of `users` that are not members of the team. */
  notMembers(team: string, users: readonly string[]): Promise<readonly string[]>
  /** Repositories on which rules that name one of `users` speak, in the team and the teams below it. */
  repositoriesReachedBy(team: string, users: readonly string[]): Promise<readonly string[]>
}

export interface MemberWrites {
  /** To the team and all teams above it; who is a member there already stays one. */
  addMembers(team: string, users: readonly string[]): Promise<void>
  /** From the team, the teams below it, and the rules of all of these. */
  removeMembers(team: string, users: readonly string[]): Promise<void>
}

/** What the interfaces show of members. */
export interface MemberReadModel {
  list(view: ModelView, team: string, request: PageRequest): Promise<Page<User>>
}
