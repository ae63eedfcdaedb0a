import type {
  CountsAnswer,
  ResourcePermissionBody,
  ResourcePermissionChangeBody,
  ResourcePermissionDto,
  RuleBody,
  RuleDto,
} from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Change, type ChangeOptions, type Creation, type HttpCore, path, type Tagged } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'
import type { User } from './users.ts'

export type Rule = Static<typeof RuleDto>
export type NewRule = Static<typeof RuleBody>
export type ResourcePermission = Static<typeof ResourcePermissionDto>
export type NewResourcePermission = Static<typeof ResourcePermissionBody>
export type ChangedResourcePermission = Static<typeof ResourcePermissionChangeBody>
/** How many users and resources each of some rules has. */
export type RuleCounts = Static<typeof CountsAnswer>

/** Which rule: its own id and its team's. */
export interface RuleOf {
  readonly teamId: string
  readonly ruleId: string
}

/** Members of a team, or wider audiences, joined with permissions on its resources. */
export class Rules {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  list(teamId: string, options?: ListOptions): AsyncGenerator<Rule, void> {
    return listAll(this.#http, path`/api/teams/${teamId}/rules`, options)
  }

  page(teamId: string, request: PageRequest): Promise<Page<Rule>> {
    return getPage(this.#http, path`/api/teams/${teamId}/rules`, request)
  }

  /** The rules of all teams that the caller sees. */
  listAll(options?: ListOptions): AsyncGenerator<Rule, void> {
    return listAll(this.#http, '/api/teams/rules', options)
  }

  /** How many users and resources these rules have, or all that the caller sees. */
  counts(ids?: readonly string[]): Promise<RuleCounts> {
    return this.#http.json({ method: 'GET', path: '/api/teams/rules/counts', query: { id: ids } })
  }

  /** The same for rules of one team. */
  countsOfTeam(teamId: string, ids?: readonly string[]): Promise<RuleCounts> {
    return this.#http.json({ method: 'GET', path: path`/api/teams/${teamId}/rules/counts`, query: { id: ids } })
  }

  /** How many rules the caller sees. */
  countAll(): Promise<number> {
    return this.#http.json({ method: 'GET', path: '/api/teams/rules/counts/all' })
  }

  create(teamId: string, rule: NewRule): Promise<Creation> {
    return this.#http.create(path`/api/teams/${teamId}/rules`, rule)
  }

  get(rule: RuleOf): Promise<Rule> {
    return this.#http.json({ method: 'GET', path: rulePath(rule) })
  }

  getTagged(rule: RuleOf): Promise<Tagged<Rule>> {
    return this.#http.tagged({ method: 'GET', path: rulePath(rule) })
  }

  /** What is left out is cleared, except the audience, which stays. */
  change(rule: RuleOf, changed: NewRule, options?: ChangeOptions): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: rulePath(rule), body: changed }, options)
  }

  delete(rule: RuleOf, options?: ChangeOptions): Promise<Change> {
    return this.#http.change({ method: 'DELETE', path: rulePath(rule) }, options)
  }

  listMembers(rule: RuleOf, options?: ListOptions): AsyncGenerator<User, void> {
    return listAll(this.#http, `${rulePath(rule)}/members`, options)
  }

  pageMembers(rule: RuleOf, request: PageRequest): Promise<Page<User>> {
    return getPage(this.#http, `${rulePath(rule)}/members`, request)
  }

  /** Members of the team whom the rule does not name. */
  listAvailableMembers(rule: RuleOf, options?: ListOptions): AsyncGenerator<User, void> {
    return listAll(this.#http, `${rulePath(rule)}/members/available`, options)
  }

  pageAvailableMembers(rule: RuleOf, request: PageRequest): Promise<Page<User>> {
    return getPage(this.#http, `${rulePath(rule)}/members/available`, request)
  }

  /** Names members of the team, by their ids. */
  addMembers(rule: RuleOf, ids: readonly string[]): Promise<Change> {
    return this.#http.change({ method: 'POST', path: `${rulePath(rule)}/members`, body: { ids } })
  }

  removeMembers(rule: RuleOf, ids: readonly string[]): Promise<Change> {
    return this.#http.change({ method: 'POST', path: `${rulePath(rule)}/members/delete`, body: { ids } })
  }

  listPermissions(rule: RuleOf, options?: ListOptions): AsyncGenerator<ResourcePermission, void> {
    return listAll(this.#http, `${rulePath(rule)}/resourcepermissions`, options)
  }

  pagePermissions(rule: RuleOf, request: PageRequest): Promise<Page<ResourcePermission>> {
    return getPage(this.#http, `${rulePath(rule)}/resourcepermissions`, request)
  }

  /** All of them, or none. */
  addPermissions(rule: RuleOf, permissions: readonly NewResourcePermission[]): Promise<Change> {
    const body = { DTOs: permissions }
    return this.#http.change({ method: 'POST', path: `${rulePath(rule)}/resourcepermissions`, body })
  }

  /** All of them, or none; a path that is left out is cleared. */
  changePermissions(rule: RuleOf, permissions: readonly ChangedResourcePermission[]): Promise<Change> {
    const body = { DTOs: permissions }
    return this.#http.change({ method: 'PUT', path: `${rulePath(rule)}/resourcepermissions`, body })
  }

  /** All of them, or none, by their ids. */
  removePermissions(rule: RuleOf, ids: readonly string[]): Promise<Change> {
    return this.#http.change({ method: 'POST', path: `${rulePath(rule)}/resourcepermissions/delete`, body: { ids } })
  }
}

function rulePath({ teamId, ruleId }: RuleOf): string {
  return path`/api/teams/${teamId}/rules/${ruleId}`
}
