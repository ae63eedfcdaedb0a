import type { UserBody, UserDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import { type Creation, type HttpCore, path } from './http-core.ts'
import { type ListOptions, listAll } from './list-all.ts'

export type User = Static<typeof UserDto>
export type NewUser = Static<typeof UserBody>

/** People's accounts in the organisation. */
export class Users {
  readonly #http: HttpCore

  constructor(http: HttpCore) {
    this.#http = http
  }

  list(options?: ListOptions): AsyncGenerator<User, void> {
    return listAll(this.#http, '/api/users', options)
  }

  create(user: NewUser): Promise<Creation> {
    return this.#http.create('/api/users', user)
  }

  get(id: string): Promise<User> {
    return this.#http.json({ method: 'GET', path: path`/api/users/${id}` })
  }
}
