import { Enforcement } from './enforcement.ts'
import { EnforcementReports } from './enforcement-reports.ts'
import { type HttpCall, HttpCore, type HttpCoreOptions } from './http-core.ts'
import { LdapAuthorities } from './ldap-authorities.ts'
import { Leaders } from './leaders.ts'
import { Repositories } from './repositories.ts'
import { Rules } from './rules.ts'
import { OrganisationSettings } from './settings.ts'
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
  readonly leaders: Leaders
  readonly rules: Rules
  readonly repositories: Repositories
  readonly ldapAuthorities: LdapAuthorities
  readonly tasks: Tasks
  readonly enforcement: Enforcement
  readonly reports: EnforcementReports
  readonly settings: OrganisationSettings

  constructor(options: HttpCoreOptions) {
    this.#http = new HttpCore(options)
    this.users = new Users(this.#http)
    this.teams = new Teams(this.#http)
    this.leaders = new Leaders(this.#http)
    this.rules = new Rules(this.#http)
    this.repositories = new Repositories(this.#http)
    this.ldapAuthorities = new LdapAuthorities(this.#http)
    this.tasks = new Tasks(this.#http)
    this.enforcement = new Enforcement(this.#http)
    this.reports = new EnforcementReports(this.#http)
    this.settings = new OrganisationSettings(this.#http)
  }

  /** Any other operation: the answer if it is 2xx or 304, else a `PortreeveError`. */
  request(call: HttpCall): Promise<Response> {
    return this.#http.request(call)
  }
}
