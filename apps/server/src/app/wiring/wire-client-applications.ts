import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { sqlClientStore } from '../../features/oauth/clients/client-store.sql.ts'
import { type ClientsDeps, clientsRoutes } from '../../features/oauth/clients/clients.http.ts'
import { sqlOrganisationStore } from '../../features/organisations/organisation-store.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import { secretToken } from '../../platform/security/secret-token.ts'

export interface ClientApplicationResources {
  readonly database: Database
  readonly clock: Clock
  readonly ids: IdSource
  readonly baseUrl: string
  /** Takes in changes to an organisation's model: of its users, that is. */
  readonly submit: ClientsDeps['submit']
}

/** OAuth 2.0 clients, ready to be managed. */
export interface ClientApplications {
  readonly routes: readonly Route[]
}

export function wireClientApplications({ database, ...resources }: ClientApplicationResources): ClientApplications {
  const deps = {
    ...resources,
    secrets: secretToken,
    clients: sqlClientStore(database),
    organisations: sqlOrganisationStore(database),
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx))),
  }
  return {
    routes: clientsRoutes(deps),
  }
}

function storesOn(tx: Connection) {
  return { clients: sqlClientStore(tx), audit: sqlAuditStore(tx) }
}
