import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { sqlOrganisationStore } from '../../features/organisations/organisation-store.sql.ts'
import { sqlCompanyClientStore } from '../../features/permitted-clients/company-client-store.sql.ts'
import { companyClientsRoutes } from '../../features/permitted-clients/company-clients.http.ts'
import { requestClient } from '../../features/permitted-clients/index.ts'
import { sqlClientRequestStore } from '../../features/permitted-clients/requests/client-request-store.sql.ts'
import { clientRequestsRoutes } from '../../features/permitted-clients/requests/client-requests.http.ts'
import { sqlClientStandingStore } from '../../features/permitted-clients/standing-store.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'

export interface PermittedClientsResources {
  readonly database: Database
  readonly clock: Clock
  /** Where clients are known by; without a slash at its end. */
  readonly baseUrl: string
}

/** Which clients companies let in, ready to serve. */
export interface PermittedClients {
  readonly routes: readonly Route[]
  /** Has the admins of the caller's company asked to permit a client. */
  request(input: Parameters<typeof requestClient>[1]): Promise<void>
}

export function wirePermittedClients({ database, clock, baseUrl }: PermittedClientsResources): PermittedClients {
  const deps = {
    clock,
    baseUrl,
    ...storesOn(database),
    companies: sqlOrganisationStore(database),
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx))),
  }
  return {
    routes: [...companyClientsRoutes(deps), ...clientRequestsRoutes(deps)],
    request: (input) => requestClient(deps, input),
  }
}

function storesOn(connection: Connection) {
  return {
    ...sqlClientStandingStore(connection),
    companyClients: sqlCompanyClientStore(connection),
    clientRequests: sqlClientRequestStore(connection),
    audit: sqlAuditStore(connection),
  }
}
