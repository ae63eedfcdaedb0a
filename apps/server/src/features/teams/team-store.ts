import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { TeamScope } from './leaders/leader-policy.ts'
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
  /** True when a team below this one takes its members from a directory. */
  queriesBelow(id: string): Promise<boolean>
  /** The root team that the team is, or is below of. */
  topOf(id: string): Promise<string>
  /** Of `parent` and the teams above it, those that members of the team are no members of; the nearest first. */
  teamsJoinedByMove(id: string, parent: string): Promise<readonly Pick<Team, 'id' | 'name' | 'ldapFilter'>[]>
  /** True when the organisation has this LDAP authority. */
  hasAuthority(id: string): Promise<boolean>
  /** Throws for text that is no search filter (RFC 4515), and names `field` as where it stands. */
  assertFilter(text: string, field: string): void
}

export interface TeamWrites {
  insertTeam(team: Team): Promise<void>
  changeTeam(team: Team): Promise<void>
  /** Makes the members of a moved team members of the teams above its new place as well. */
  liftMembers(team: string): Promise<void>
  /** With the teams below it, their memberships, leaders, resources, rules and permissions. */
  removeTeam(id: string): Promise<void>
}

/** How much belongs to a team. */
export interface TeamCounts {
  readonly id: string
  readonly users: number
  readonly resources: number
  readonly rules: number
  /** Those directly below it. */
  readonly subteams: number
}

/** What the interfaces show of teams. */
export interface TeamReadModel {
  find(view: ModelView, id: string): Promise<Team | undefined>
  /** What leaders lead is decided at the head, whatever state it is then shown in. */
  list(view: ModelView, scope: TeamScope, request: PageRequest): Promise<Page<Team>>
  /** The teams directly below one. */
  listSubteams(view: ModelView, parent: string, request: PageRequest): Promise<Page<Team>>
  /** In the order of their names; teams that are not there have no counts. */
  count(view: ModelView, of: TeamScope | { readonly ids: readonly string[] }): Promise<readonly TeamCounts[]>
}
