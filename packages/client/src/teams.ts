import type { ResourceBody, ResourceDto, TeamBody, TeamDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Change, type Creation, type HttpCore, path } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import type { User } from './users.ts'

export type Team = Static<typeof TeamDto>
export type NewTeam = Static<typeof TeamBody>
export type Resource = Static<typeof ResourceDto>
export type NewResource = Static<typeof ResourceBody>

/** Sets of users with resources and rules, in a tree. */
export class Teams {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  list(options?: ListOptions): AsyncGenerator<Team, void> {
    return listAll(this.#http, '/api/teams', options)
  }

  create(team: NewTeam): Promise<Creation> {
    return this.#http.create('/api/teams', team)
  }

  get(id: string): Promise<Team> {
    return this.#http.json({ method: 'GET', path: path`/api/teams/${id}` })
  }

  change(id: string, team: NewTeam): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/teams/${id}`, body: team })
  }

  delete(id: string): Promise<Change> {
    return this.#http.change({ method: 'DELETE', path: path`/api/teams/${id}` })
  }

  listMembers(id: string, options?: ListOptions): AsyncGenerator<User, void> {
    return listAll(this.#http, path`/api/teams/${id}/members`, options)
  }

  /** Adds users, by their ids, to the team and every team above it. */
  addMembers(id: string, ids: readonly string[]): Promise<Change> {
    return this.#http.change({ method: 'POST', path: path`/api/teams/${id}/members`, body: { ids } })
  }

  removeMembers(id: string, ids: readonly string[]): Promise<Change> {
    return this.#http.change({ method: 'POST', path: path`/api/teams/${id}/members/delete`, body: { ids } })
  }

  listResources(id: string, options?: ListOptions): AsyncGenerator<Resource, void> {
    return listAll(this.#http, path`/api/teams/${id}/resources`, options)
  }

  addResource(id: string, resource: NewResource): Promise<Creation> {
    return this.#http.create(path`/api/teams/${id}/resources`, resource)
  }
}
