import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../../kernel/page.ts'
import type { User } from '../../users/index.ts'
import type { Team } from '../team.ts'

export type TeamAbove = Pick<Team, 'id' | 'name' | 'ldapFilter'>

export interface MemberReads {
  /** Those of `users` that are not members of the team. */
  notMembers(team: string, users: readonly string[]): Promise<readonly string[]>
  /** The teams above a team, the nearest first. */
  teamsAbove(team: string): Promise<readonly TeamAbove[]>
  /** Those of `teams` of which one of `users` is no member. */
  joinedAmong(teams: readonly string[], users: readonly string[]): Promise<readonly string[]>
  /** Names of the teams, at or below the team, that have one of `users` from their directory query. */
  directoryTeamsOf(team: string, users: readonly string[]): Promise<readonly string[]>
  /** Repositories on which rules that name one of `users` speak, in the team and the teams below it. */
  repositoriesReachedBy(team: string, users: readonly string[]): Promise<readonly string[]>
}

export interface MemberWrites {
  /** To the team and all teams above it; who is a member there already stays one. */
  addMembers(team: string, users: readonly string[]): Promise<void>
  /** From the team, the teams below it, and the rules of all of these. */
  removeMembers(team: string, users: readonly string[]): Promise<void>
}

/** What a member is part of within the team. */
export interface MemberCounts {
  readonly id: string
  /** Rules of the team that name them. */
  readonly rules: number
  /** Teams anywhere below it that they are in. */
  readonly subteams: number
}

/** What the interfaces show of members. */
export interface MemberReadModel {
  list(view: ModelView, team: string, request: PageRequest): Promise<Page<User>>
  /** Users of the organisation, as they are now, who are no members in this state; those outside the team above as well. */
  listAvailable(view: ModelView, team: string, request: PageRequest): Promise<Page<User>>
  /** Of the members with these ids, or of all; in the order of their names. */
  count(view: ModelView, team: string, ids: readonly string[] | undefined): Promise<readonly MemberCounts[]>
}
