import type {
  AvailableResourceDto,
  CountsAnswer,
  ResourceBody,
  ResourceDto,
  TeamBody,
  TeamDto,
} from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Change, type ChangeOptions, type Creation, type HttpCore, path, type Tagged } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'
import type { NewUser, User } from './users.ts'

export type Team = Static<typeof TeamDto>
export type NewTeam = Static<typeof TeamBody>
export type Resource = Static<typeof ResourceDto>
export type AvailableResource = Static<typeof AvailableResourceDto>
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

  page(request: PageRequest): Promise<Page<Team>> {
    return getPage(this.#http, '/api/teams', request)
  }

  create(team: NewTeam): Promise<Creation> {
    return this.#http.create('/api/teams', team)
  }

  get(id: string): Promise<Team> {
    return this.#http.json({ method: 'GET', path: path`/api/teams/${id}` })
  }

  getTagged(id: string): Promise<Tagged<Team>> {
    return this.#http.tagged({ method: 'GET', path: path`/api/teams/${id}` })
  }

  change(id: string, team: NewTeam, options?: ChangeOptions): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/teams/${id}`, body: team }, options)
  }

  delete(id: string, options?: ChangeOptions): Promise<Change> {
    return this.#http.change({ method: 'DELETE', path: path`/api/teams/${id}` }, options)
  }

  listSubteams(id: string, options?: ListOptions): AsyncGenerator<Team, void> {
    return listAll(this.#http, path`/api/teams/${id}/subteams`, options)
  }

  pageSubteams(id: string, request: PageRequest): Promise<Page<Team>> {
    return getPage(this.#http, path`/api/teams/${id}/subteams`, request)
  }

  createSubteam(id: string, team: NewTeam): Promise<Creation> {
    return this.#http.create(path`/api/teams/${id}/subteams`, team)
  }

  /** Counts of what belongs to these teams, or to all that the caller sees. */
  count(ids?: readonly string[]): Promise<Static<typeof CountsAnswer>> {
    return this.#http.json({ method: 'GET', path: '/api/teams/counts', query: { id: ids } })
  }

  listMembers(id: string, options?: ListOptions): AsyncGenerator<User, void> {
    return listAll(this.#http, path`/api/teams/${id}/members`, options)
  }

  pageMembers(id: string, request: PageRequest): Promise<Page<User>> {
    return getPage(this.#http, path`/api/teams/${id}/members`, request)
  }

  /** Users of the organisation who are no members. */
  listAvailableMembers(id: string, options?: ListOptions): AsyncGenerator<User, void> {
    return listAll(this.#http, path`/api/teams/${id}/members/available`, options)
  }

  pageAvailableMembers(id: string, request: PageRequest): Promise<Page<User>> {
    return getPage(this.#http, path`/api/teams/${id}/members/available`, request)
  }

  /** Makes a user who is a member of the team and every team above it. */
  createMember(id: string, user: NewUser): Promise<Creation> {
    return this.#http.create(path`/api/teams/${id}/members/new`, user)
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

  pageResources(id: string, request: PageRequest): Promise<Page<Resource>> {
    return getPage(this.#http, path`/api/teams/${id}/resources`, request)
  }

  /** What the team could still be given: of the team above, or, for a root team, of the repositories. */
  listAvailableResources(id: string, options?: ListOptions): AsyncGenerator<AvailableResource, void> {
    return listAll(this.#http, path`/api/teams/${id}/resources/available`, options)
  }

  pageAvailableResources(id: string, request: PageRequest): Promise<Page<AvailableResource>> {
    return getPage(this.#http, path`/api/teams/${id}/resources/available`, request)
  }

  addResource(id: string, resource: NewResource): Promise<Creation> {
    return this.#http.create(path`/api/teams/${id}/resources`, resource)
  }

  /** Takes resources, by their ids, from the team, and what they cover from its subteams and rules. */
  removeResources(id: string, ids: readonly string[]): Promise<Change> {
    return this.#http.change({ method: 'POST', path: path`/api/teams/${id}/resources/delete`, body: { ids } })
  }
}
