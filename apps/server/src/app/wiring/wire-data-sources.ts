import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { credentialLinks } from '../../features/credentials/index.ts'
import { sqlLinkStore } from '../../features/credentials/links/credential-links.sql.ts'
import { sqlDataSourceReadModel } from '../../features/data-sources/data-source-list.sql.ts'
import { sqlDataSourceStore } from '../../features/data-sources/data-source-store.sql.ts'
import { dataSourcesRoutes } from '../../features/data-sources/data-sources.http.ts'
import { sqlPeopleReads } from '../../features/data-sources/entries/people.sql.ts'
import { sqlGroupReadModel } from '../../features/data-sources/groups/group-list.sql.ts'
import { sqlGroupStore } from '../../features/data-sources/groups/group-store.sql.ts'
import { groupsRoutes } from '../../features/data-sources/groups/groups.http.ts'
import { linkRoutes } from '../../features/data-sources/links.http.ts'
import { sqlStewardshipReads } from '../../features/data-sources/stewardship.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'

export interface DataSourceResources {
  readonly database: Database
  readonly clock: Clock
}

/** Data sources and their groups, ready to serve. */
export interface DataSources {
  readonly routes: readonly Route[]
}

export function wireDataSources({ database, clock }: DataSourceResources): DataSources {
  const deps = {
    clock,
    dataSources: sqlDataSourceStore(database),
    dataSourceLists: sqlDataSourceReadModel(database),
    groups: sqlGroupStore(database),
    groupLists: sqlGroupReadModel(database),
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx))),
  }
  return { routes: [...dataSourcesRoutes(deps), ...groupsRoutes(deps), ...linkRoutes()] }
}

function storesOn(tx: Connection) {
  return {
    dataSources: sqlDataSourceStore(tx),
    groups: sqlGroupStore(tx),
    stewardship: sqlStewardshipReads(tx),
    people: sqlPeopleReads(tx),
    credentialLinks: credentialLinks(sqlLinkStore(tx)),
    audit: sqlAuditStore(tx),
  }
}
