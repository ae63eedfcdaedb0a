import type { TeamAdminPermissionBody, TeamAdminPermissionDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Change, type Creation, type HttpCore, path } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'

export type Leader = Static<typeof TeamAdminPermissionDto>
/** What a leader may do: the flags that are absent or false are not granted. */
export type LeaderFlags = Omit<Static<typeof TeamAdminPermissionBody>, 'id' | 'ownerTeam' | 'ownerUser' | 'username'>

/** Which leader: the team's id and the user's. */
export interface LeaderOf {
  readonly teamId: string
  readonly userId: string
}

/** Users who manage a team and all teams below it. */
export class Leaders {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  list(teamId: string, options?: ListOptions): AsyncGenerator<Leader, void> {
    return listAll(this.#http, path`/api/teams/${teamId}/leaders`, options)
  }

  page(teamId: string, request: PageRequest): Promise<Page<Leader>> {
    return getPage(this.#http, path`/api/teams/${teamId}/leaders`, request)
  }

  /** Those who could be appointed; they have no id yet, and no flags. */
  listAvailable(teamId: string, options?: ListOptions): AsyncGenerator<Leader, void> {
    return listAll(this.#http, path`/api/teams/${teamId}/leaders/available`, options)
  }

  pageAvailable(teamId: string, request: PageRequest): Promise<Page<Leader>> {
    return getPage(this.#http, path`/api/teams/${teamId}/leaders/available`, request)
  }

  get(leader: LeaderOf): Promise<Leader> {
    return this.#http.json({ method: 'GET', path: leaderPath(leader) })
  }

  /** Makes a user a leader, with no more than the caller holds. */
  appoint(leader: LeaderOf, flags: LeaderFlags): Promise<Creation> {
    return this.#http.create(leaderPath(leader), flags)
  }

  /** Grants these flags and no others. */
  change(leader: LeaderOf, flags: LeaderFlags): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: leaderPath(leader), body: flags })
  }

  remove(leader: LeaderOf): Promise<Change> {
    return this.#http.change({ method: 'DELETE', path: leaderPath(leader) })
  }
}

function leaderPath({ teamId, userId }: LeaderOf): string {
  return path`/api/teams/${teamId}/leaders/${userId}`
}
