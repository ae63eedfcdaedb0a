import type { CountsAnswer, UserBody, UserChangeBody, UserDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { Role } from './admins.ts'
import type { BulkJob } from './bulk-jobs.ts'
import { type Change, type ChangeOptions, type Creation, type HttpCore, path, type Tagged } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'
import { getPage, type Page, type PageRequest } from './page.ts'

export type User = Static<typeof UserDto>
export type NewUser = Static<typeof UserBody>
export type UserChange = Static<typeof UserChangeBody>
/** Which users; all of what is given must hold. */
export interface UserFilter {
  /** What the username, the display name or the email address contains, whatever the case. */
  readonly search?: string
  readonly role?: Role
  readonly enabled?: boolean
}

/** Which users many acts are about: these, or all of the organisation that match. */
export type ChosenUsers = { readonly user_ids: readonly string[] } | { readonly filter: UserFilter }

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

  /** `request.filter` has the members of a `UserFilter`. */
  page(request: PageRequest): Promise<Page<User>> {
    return getPage(this.#http, '/api/users', request)
  }

  create(user: NewUser): Promise<Creation> {
    return this.#http.create('/api/users', user)
  }

  get(id: string): Promise<User> {
    return this.#http.json({ method: 'GET', path: path`/api/users/${id}` })
  }

  getTagged(id: string): Promise<Tagged<User>> {
    return this.#http.tagged({ method: 'GET', path: path`/api/users/${id}` })
  }

  count(ids: readonly string[]): Promise<UserCounts> {
    return this.#http.json({ method: 'GET', path: '/api/users/counts', query: { id: ids } })
  }

  /** What is left out is cleared. */
  change(id: string, change: UserChange, options?: ChangeOptions): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/users/${id}`, body: change }, options)
  }

  /** Takes all access away at once, and ends the user's sessions. */
  disable(id: string): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/users/${id}/disable` })
  }

  enable(id: string): Promise<Change> {
    return this.#http.change({ method: 'PUT', path: path`/api/users/${id}/enable` })
  }

  /** Orders that many be enabled or disabled, each as if they were the only one; `bulkJobs` tells what becomes of it. */
  switchMany(
    chosen: ChosenUsers,
    { enabled, dryRun = false }: { readonly enabled: boolean; readonly dryRun?: boolean },
  ): Promise<BulkJob> {
    const body = { ...chosen, enabled, dry_run: dryRun }
    return this.#http.json({ method: 'POST', path: '/v1/admin/users/bulk/', body })
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
