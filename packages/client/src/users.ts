import type { CountsAnswer, UserBody, UserChangeBody, UserDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Change, type Creation, type HttpCore, path } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'

export type User = Static<typeof UserDto>
export type NewUser = Static<typeof UserBody>
export type UserChange = Static<typeof UserChangeBody>
/** How many teams, rules and resources each of some users has a part in. */
export type UserCounts = Static<typeof CountsAnswer>

/** People's accounts in the organisation. */
export class Users {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  list(options?: ListOptions): AsyncGenerator<User, void> {
    return listAll(this.#http, '/api/users', options)
  }

  page(request: PageRequest): Promise<Page<User>> {
    return getPage(this.#http, '/api/users', request)
  }

  create(user: NewUser): Promise<Creation> {
    return this.#http.create('/api/users', user)
  }

  get(id: string): Promise<User> {
    return this.#http.json({ method: 'GET', path: path`/api/users/${id}` })
  }

  count(ids: readonly string[]): Promise<UserCounts> {
    return this.#http.json({ method: 'GET', path: '/api/users/counts', query: { id: ids } })
  }

  /** What is left out is cleared. */
  change(id: string, change: UserChange): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/users/${id}`, body: change })
  }

  /** Takes all access away at once, and ends the user's sessions. */
  disable(id: string): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/users/${id}/disable` })
  }

  enable(id: string): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/users/${id}/enable` })
  }

  /** Ends all sessions of the user. Their own password takes the current one. */
  async setPassword(id: string, password: { readonly password: string; readonly currentPassword?: string }) {
    await this.#http.perform({ method: 'PUT', path: path`/api/users/${id}/password`, body: password })
  }

  async endSessions(id: string): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: path`/v1/admin/users/${id}/sessions/` })
  }

  /** Turns two-factor off for somebody who has lost it. */
  async resetSecondFactor(id: string): Promise<void> {
    await this.#http.perform({ method: 'DELETE', path: path`/v1/admin/users/${id}/second-factor/` })
  }
}
