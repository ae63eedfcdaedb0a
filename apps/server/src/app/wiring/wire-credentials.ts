import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { checkoutRoutes } from '../../features/credentials/checkout/checkout.http.ts'
import { sqlCheckoutStore, sqlUsageReads } from '../../features/credentials/checkout/checkout-store.sql.ts'
import { sqlConnectionTestStore } from '../../features/credentials/connection-test/connection-tests.sql.ts'
import { testDataSourceRoutes } from '../../features/credentials/connection-test/test-data-source.http.ts'
import { sqlCredentialReadModel } from '../../features/credentials/credential-list.sql.ts'
import { sqlCredentialStore } from '../../features/credentials/credential-store.sql.ts'
import { credentialsRoutes } from '../../features/credentials/credentials.http.ts'
import {
  type DatabaseProbe,
  type Reminder,
  remindOfOldSecrets,
  sendReminder,
} from '../../features/credentials/index.ts'
import { sqlLinkStore } from '../../features/credentials/links/credential-links.sql.ts'
import { sqlReminders } from '../../features/credentials/reminders/reminders.sql.ts'
import { sqlDataSourceStore } from '../../features/data-sources/data-source-store.sql.ts'
import { sqlStewardshipReads } from '../../features/data-sources/stewardship.sql.ts'
import { sqlSettingsStore } from '../../features/settings/settings.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { KeyService } from '../../kernel/key-service.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import type { Mailer } from '../../platform/mail/mail.ts'
import type { Reach } from '../../platform/outbound/address-rules.ts'
import { DatabaseProbes } from '../../platform/outbound/database-probes.ts'
import { Envelopes } from '../../platform/security/envelopes.ts'

export interface CredentialResources {
  readonly database: Database
  readonly clock: Clock
  readonly keys: KeyService
  readonly mailer: Pick<Mailer, 'send'>
  readonly baseUrl: string
  /** Where connections that test a data source may go. */
  readonly testReach: Reach
  /** Whom the organisation's rules let use a data source. */
  mayUseDataSource(connection: Connection, caller: Principal, dataSource: number): Promise<boolean>
  /** Has `sendReminder` called for it soon, if the transaction is committed. */
  enqueueReminder(tx: Connection, reminder: Reminder): Promise<void>
}

/** Login credentials, ready to serve. */
export interface Credentials {
  readonly routes: readonly Route[]
  /** Has stewards reminded of secrets that are too old. */
  remind(): Promise<void>
  sendReminder(reminder: Reminder): Promise<void>
}

const TEST_TIMEOUT_MS = 5_000

export function wireCredentials(resources: CredentialResources): Credentials {
  const { database, clock, keys, mailer, baseUrl, testReach } = resources
  const probes = new DatabaseProbes({ reach: testReach, timeoutMs: TEST_TIMEOUT_MS })
  const probe: DatabaseProbe = (place, account) => probes.probe(place, account)
  const deps = {
    clock,
    mailer,
    baseUrl,
    probe,
    envelopes: new Envelopes(keys),
    monotonicMs: () => performance.now(),
    credentials: sqlCredentialStore(database),
    credentialLists: sqlCredentialReadModel(database),
    stewardship: sqlStewardshipReads(database),
    usage: sqlUsageReads(database),
    reminders: sqlReminders(database),
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx, resources))),
  }
  return {
    routes: [...credentialsRoutes(deps), ...checkoutRoutes(deps), ...testDataSourceRoutes(deps)],
    remind: () => remindOfOldSecrets(deps),
    sendReminder: (reminder) => sendReminder(deps, reminder),
  }
}

function storesOn(tx: Connection, { mayUseDataSource, enqueueReminder }: CredentialResources) {
  const settings = sqlSettingsStore(tx)
  return {
    credentials: sqlCredentialStore(tx),
    checkouts: sqlCheckoutStore(tx),
    connectionTests: sqlConnectionTestStore(tx),
    links: sqlLinkStore(tx),
    dataSources: sqlDataSourceStore(tx),
    stewardship: sqlStewardshipReads(tx),
    // On this connection: one that waits for another while it holds one, and many at once, would wait for good.
    mayUseDataSource: (caller: Principal, dataSource: number) => mayUseDataSource(tx, caller, dataSource),
    reminders: sqlReminders(tx),
    audit: sqlAuditStore(tx),
    isReasonRequired: async (organisation: number) => (await settings.read(organisation)).checkoutReasonRequired,
    enqueueReminder: (reminder: Reminder) => enqueueReminder(tx, reminder),
  }
}
