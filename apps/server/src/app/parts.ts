import type { Route } from '../platform/http/route.ts'
import type { Audit } from './wire-audit.ts'
import type { BulkClients } from './wire-bulk-clients.ts'
import type { BulkJobs } from './wire-bulk-jobs.ts'
import type { BulkUsers } from './wire-bulk-users.ts'
import type { ClientApi } from './wire-client-api.ts'
import type { ClientApplications } from './wire-client-applications.ts'
import type { Connectors } from './wire-connectors.ts'
import type { Credentials } from './wire-credentials.ts'
import type { DataSources } from './wire-data-sources.ts'
import type { Access, Models } from './wire-decisions.ts'
import type { DirectorySync } from './wire-directory-sync.ts'
import type { Enforcement } from './wire-enforcement.ts'
import type { KeyRotation } from './wire-keys.ts'
import type { Model } from './wire-model.ts'
import type { OAuth } from './wire-oauth.ts'
import type { PermittedClients } from './wire-permitted-clients.ts'
import type { Settings } from './wire-settings.ts'
import type { SignIn } from './wire-sign-in.ts'

/** Everything the server does, wired: what it serves is the routes of them all. */
export interface Parts {
  readonly signIn: SignIn
  readonly model: Model
  readonly enforcement: Enforcement
  readonly decisions: Models & Access
  readonly dataSources: DataSources
  readonly credentials: Credentials
  readonly directorySync: DirectorySync
  readonly clientApi: ClientApi
  readonly connectors: Connectors
  readonly bulkJobs: BulkJobs
  readonly bulkClients: BulkClients
  readonly bulkUsers: BulkUsers
  readonly clientApplications: ClientApplications
  readonly permittedClients: PermittedClients
  readonly oauth: OAuth
  readonly settings: Settings
  readonly keys: KeyRotation
  readonly audit: Audit
}

export function routesOf(parts: Parts): readonly Route[] {
  return Object.values<{ readonly routes: readonly Route[] }>({ ...parts }).flatMap(({ routes }) => routes)
}
