import { setTimeout as delay } from 'node:timers/promises'
import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { clientRoutes } from '../../features/connectors/client/client.http.ts'
import { sqlClientStore } from '../../features/connectors/client/client-store.sql.ts'
import { purgeClients, StatusWatch, sendConfirmation, UseRecorder } from '../../features/connectors/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import { gather } from '../../kernel/gather.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import type { Mailer } from '../../platform/mail/mail.ts'
import { secretToken } from '../../platform/security/secret-token.ts'
import type { Logger } from '../../platform/telemetry/logger.ts'
import type { SignIn } from './wire-sign-in.ts'

export interface ClientApiResources {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  readonly baseUrl: string
  readonly mailer: Pick<Mailer, 'send'>
  readonly signIn: Pick<SignIn, 'proveOwner'>
  /** Waits; tests do not. */
  pause?(forMs: number): Promise<void>
  /** Has `sendConfirmation` called for the connector soon, if the transaction is committed. */
  enqueueConfirmation(tx: Connection, connector: number): Promise<void>
}

/** The client API of connectors, ready to serve. */
export interface ClientApi {
  readonly routes: readonly Route[]
  /** Listens for changes of connectors until disposed; until then, and whenever a notice is lost, waiting takes longer. */
  listen(): Promise<AsyncDisposable>
  sendConfirmation(connector: number): Promise<void>
  purge(): Promise<void>
}

const CHANNEL = 'connector'

export function wireClientApi(resources: ClientApiResources): ClientApi {
  const { database, clock, baseUrl, mailer, signIn, pause = delay } = resources
  const clients = sqlClientStore(database)
  const { watch, uses } = watchConnectors(resources, clients)
  const deps = {
    clock,
    clients,
    // When thousands of clients come back at once, after a restart, they need few statements and no long queue.
    findConnector: gather((secretHashes: readonly Uint8Array[]) => clients.findBySecrets(secretHashes)),
    watch,
    uses,
    mailer,
    baseUrl,
    secrets: secretToken,
    monotonicMs: () => performance.now(),
    pause: (forMs: number) => pause(forMs),
    proveOwner: signIn.proveOwner,
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx, resources))),
  }
  return {
    routes: clientRoutes(deps),
    listen: () => listen(database, watch, uses),
    sendConfirmation: (connector) => sendConfirmation(deps, connector),
    purge: () => purgeClients(deps),
  }
}

function watchConnectors({ clock, logger }: ClientApiResources, clients: ReturnType<typeof sqlClientStore>) {
  const after = (delayMs: number, act: () => void) => {
    const timer = setTimeout(act, delayMs)
    return () => clearTimeout(timer)
  }
  const watch = new StatusWatch({
    findStandings: (ids) => clients.findStandings(ids),
    after,
    onFailure: (err) => logger.warn({ err }, 'connectors that are waited for could not be read; tried again'),
  })
  const uses = new UseRecorder({
    clock,
    saveUses: (used, unlessWithinMs) => clients.saveUses(used, unlessWithinMs),
    after,
    onFailure: (err) => logger.warn({ err }, 'when connectors were last used could not be written'),
  })
  return { watch, uses }
}

async function listen(database: Database, watch: StatusWatch, uses: UseRecorder): Promise<AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  starting.use(uses)
  starting.use(watch)
  const onNotice = (id: string) => (id === '' ? watch.noticeAll() : watch.notice(Number(id)))
  starting.use(await database.listen(CHANNEL, onNotice, () => watch.noticeAll()))
  return starting.move()
}

function storesOn(tx: Connection, { enqueueConfirmation }: ClientApiResources) {
  return {
    clients: sqlClientStore(tx),
    audit: sqlAuditStore(tx),
    enqueueConfirmation: (connector: number) => enqueueConfirmation(tx, connector),
  }
}
