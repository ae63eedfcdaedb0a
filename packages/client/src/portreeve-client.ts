import { Access } from './access.ts'
import { Admins } from './admins.ts'
import { Audit } from './audit.ts'
import { AuthzFiles } from './authz-files.ts'
import { BulkJobs } from './bulk-jobs.ts'
import { ClientApplications } from './client-applications.ts'
import { CompanyClients } from './company-clients.ts'
import { Connectors } from './connectors.ts'
import { DataSourceGroups } from './data-source-groups.ts'
import { DataSources } from './data-sources.ts'
import { DirectorySyncs } from './directory-syncs.ts'
import { Enforcement } from './enforcement.ts'
import { EnforcementReports } from './enforcement-reports.ts'
import { type HttpCall, HttpCore, type HttpCoreOptions } from './http-core.ts'
import { MasterKeys } from './keys.ts'
import { LdapAuthorities } from './ldap-authorities.ts'
import { Leaders } from './leaders.ts'
import { LoginCredentials } from './login-credentials.ts'
import { Organisations } from './organisations.ts'
import { OwnAccount } from './own-account.ts'
import { Repositories } from './repositories.ts'
import { Rules } from './rules.ts'
import { beginSession, type Credentials, Session, sessionHeaders } from './session.ts'
import { OrganisationSettings } from './settings.ts'
import { Tasks } from './tasks.ts'
import { Teams } from './teams.ts'
import { Users } from './users.ts'

export type PortreeveClientOptions = {
  /** Such as `http://127.0.0.1:8470`. */
  readonly baseUrl: string
} & (
  | {
      /** A personal access token, or that of a connector. */
      readonly token: string
    }
  | {
      /** The cookie of a session, as `PortreeveClient.signIn` gets one. */
      readonly cookie: string
    }
  | {
      /** For a page of the server's own: the browser keeps the session, and says where its changes come from. */
      readonly ownPage: true
      /** The organisation to act in, for superadmins; their own when absent. */
      readonly organisation?: number | undefined
    }
)

/**
 * Portreeve over HTTP, as JSON. Changes answer when they are committed; `tasks.waitUntilEnforced` waits until Subversion
 * obeys them too. Refusals are `PortreeveError`s.
 */
export class PortreeveClient {
  readonly #http: HttpCore
  readonly access: Access
  readonly users: Users
  readonly admins: Admins
  readonly organisations: Organisations
  readonly ownAccount: OwnAccount
  readonly teams: Teams
  readonly leaders: Leaders
  readonly rules: Rules
  readonly repositories: Repositories
  readonly ldapAuthorities: LdapAuthorities
  readonly directorySyncs: DirectorySyncs
  readonly dataSources: DataSources
  readonly dataSourceGroups: DataSourceGroups
  readonly loginCredentials: LoginCredentials
  readonly tasks: Tasks
  readonly enforcement: Enforcement
  readonly files: AuthzFiles
  readonly reports: EnforcementReports
  readonly settings: OrganisationSettings
  readonly keys: MasterKeys
  readonly audit: Audit
  readonly clientApplications: ClientApplications
  readonly companyClients: CompanyClients
  readonly connectors: Connectors
  readonly bulkJobs: BulkJobs
  readonly session: Session

  constructor({ baseUrl, ...proof }: PortreeveClientOptions) {
    this.#http = new HttpCore({ baseUrl, ...speakingFor(baseUrl, proof) })
    this.access = new Access(this.#http)
    this.users = new Users(this.#http)
    this.admins = new Admins(this.#http)
    this.organisations = new Organisations(this.#http)
    this.ownAccount = new OwnAccount(this.#http)
    this.teams = new Teams(this.#http)
    this.leaders = new Leaders(this.#http)
    this.rules = new Rules(this.#http)
    this.repositories = new Repositories(this.#http)
    this.ldapAuthorities = new LdapAuthorities(this.#http)
    this.directorySyncs = new DirectorySyncs(this.#http)
    this.dataSources = new DataSources(this.#http)
    this.dataSourceGroups = new DataSourceGroups(this.#http)
    this.loginCredentials = new LoginCredentials(this.#http)
    this.tasks = new Tasks(this.#http)
    this.enforcement = new Enforcement(this.#http)
    this.files = new AuthzFiles(this.#http)
    this.reports = new EnforcementReports(this.#http)
    this.settings = new OrganisationSettings(this.#http)
    this.keys = new MasterKeys(this.#http)
    this.audit = new Audit(this.#http)
    this.clientApplications = new ClientApplications(this.#http)
    this.companyClients = new CompanyClients(this.#http)
    this.connectors = new Connectors(this.#http)
    this.bulkJobs = new BulkJobs(this.#http)
    this.session = new Session(this.#http)
  }

  /** Begins a session, which some acts take where a token does not do. It ends with `session.end`. */
  static async signIn(baseUrl: string, credentials: Credentials): Promise<PortreeveClient> {
    return new PortreeveClient({ baseUrl, cookie: await beginSession(baseUrl, credentials) })
  }

  /** Any other operation: the answer if it is 2xx or 304, else a `PortreeveError`. */
  request(call: HttpCall): Promise<Response> {
    return this.#http.request(call)
  }
}

type Speaker = PortreeveClientOptions extends infer Options
  ? Options extends unknown
    ? Omit<Options, 'baseUrl'>
    : never
  : never

/** How requests say who sends them. */
function speakingFor(baseUrl: string, proof: Speaker): Omit<HttpCoreOptions, 'baseUrl'> {
  if ('token' in proof) return { headers: { authorization: `Bearer ${proof.token}` } }
  if ('cookie' in proof) return { headers: sessionHeaders(baseUrl, proof.cookie) }
  const { organisation } = proof
  // Whoever looks at a page is told at once that the server is away; the page tries again by itself.
  return { retries: 0, query: { organisation: organisation === undefined ? undefined : String(organisation) } }
}
