import type { ResourcePermissionBody, ResourcePermissionDto, RuleBody, RuleDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Change, type Creation, type HttpCore, path } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import type { User } from './users.ts'

export type Rule = Static<typeof RuleDto>
export type NewRule = Static<typeof RuleBody>
export type ResourcePermission = Static<typeof ResourcePermissionDto>
export type NewResourcePermission = Static<typeof ResourcePermissionBody>

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

  create(teamId: string, rule: NewRule): Promise<Creation> {
    return this.#http.create(path`/api/teams/${teamId}/rules`, rule)
  }

  get(rule: RuleOf): Promise<Rule> {
    return this.#http.json({ method: 'GET', path: rulePath(rule) })
  }

  delete(rule: RuleOf): Promise<Change> {
    return this.#http.change({ method: 'DELETE', path: rulePath(rule) })
  }

  listMembers(rule: RuleOf, options?: ListOptions): AsyncGenerator<User, void> {
    return listAll(this.#http, `${rulePath(rule)}/members`, options)
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

  /** All of them, or none. */
  addPermissions(rule: RuleOf, permissions: readonly NewResourcePermission[]): Promise<Change> {
    const body = { DTOs: permissions }
    return this.#http.change({ method: 'POST', path: `${rulePath(rule)}/resourcepermissions`, body })
  }
}

function rulePath({ teamId, ruleId }: RuleOf): string {
  return path`/api/teams/${teamId}/rules/${ruleId}`
}
