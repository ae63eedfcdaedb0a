import { type HttpCall, HttpCore, type HttpCoreOptions } from './http-core.ts'
import { Repositories } from './repositories.ts'
import { Rules } from './rules.ts'
import { Tasks } from './tasks.ts'
import { Teams } from './teams.ts'
import { Users } from './users.ts'

/**
 * Portreeve over HTTP, as JSON. Changes answer when they are committed; `tasks.waitUntilEnforced` waits until Subversion
 * obeys them too. Refusals are `PortreeveError`s.
 */
export class PortreeveClient {
  readonly #http: HttpCore
  readonly users: Users
  readonly teams: Teams
  readonly rules: Rules
  readonly repositories: Repositories
  readonly tasks: Tasks

  constructor(options: HttpCoreOptions) {
    this.#http = new HttpCore(options)
    this.users = new Users(this.#http)
    this.teams = new Teams(this.#http)
    this.rules = new Rules(this.#http)
    this.repositories = new Repositories(this.#http)
    this.tasks = new Tasks(this.#http)
  }

  /** Any other operation: the answer if it is 2xx or 304, else a `PortreeveError`. */
  request(call: HttpCall): Promise<Response> {
    return this.#http.request(call)
  }
}
