import type { Route } from '../platform/http/route.ts'
import type { Audit } from './wiring/wire-audit.ts'
import type { BulkClients } from './wiring/wire-bulk-clients.ts'
import type { BulkJobs } from './wiring/wire-bulk-jobs.ts'
import type { BulkUsers } from './wiring/wire-bulk-users.ts'
import type { ClientApi } from './wiring/wire-client-api.ts'
import type { ClientApplications } from './wiring/wire-client-applications.ts'
import type { Connectors } from './wiring/wire-connectors.ts'
import type { Credentials } from './wiring/wire-credentials.ts'
import type { DataSources } from './wiring/wire-data-sources.ts'
import type { Access, Models } from './wiring/wire-decisions.ts'
import type { DirectorySync } from './wiring/wire-directory-sync.ts'
import type { Enforcement } from './wiring/wire-enforcement.ts'
import type { KeyRotation } from './wiring/wire-keys.ts'
import type { Model } from './wiring/wire-model.ts'
import type { OAuth } from './wiring/wire-oauth.ts'
import type { PermittedClients } from './wiring/wire-permitted-clients.ts'
import type { Settings } from './wiring/wire-settings.ts'
import type { SignIn } from './wiring/wire-sign-in.ts'

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
