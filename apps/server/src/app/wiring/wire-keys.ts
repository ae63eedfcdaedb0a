import { sqlAuditStore } from '../../features/audit/audit.sql.ts'
import { checkKeys, rewrapKeys, type WrappedKeyStore } from '../../features/keys/index.ts'
import { keysRoutes } from '../../features/keys/keys.http.ts'
import { sqlRotationStore } from '../../features/keys/rotations.sql.ts'
import { sqlSealingKeys } from '../../features/keys/sealing-keys.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { KeyService } from '../../kernel/key-service.ts'
import type { Connection, Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'

export interface KeyRotationResources {
  readonly database: Database
  readonly clock: Clock
  readonly keys: KeyService
  /** Data keys beside the sealing keys. */
  readonly stores: readonly WrappedKeyStore[]
  /** Has `rewrap` called soon, if the transaction is committed. */
  enqueueRewrapping(tx: Connection): Promise<void>
}

/** Changing the master key, ready to serve. */
export interface KeyRotation {
  readonly routes: readonly Route[]
  /** Throws, naming it, when a master key is missing that something is encrypted with. */
  check(): Promise<void>
  /** Goes on with the rotation under way, if there is one. */
  rewrap(): Promise<void>
  /** Has it gone on with soon: after a start, since the node that did so may be the one that ended. */
  resume(): Promise<void>
}

export function wireKeys({ database, clock, keys, stores, enqueueRewrapping }: KeyRotationResources): KeyRotation {
  const deps = {
    clock,
    keys,
    // Sealing keys last: while one of them needs the former master key, a start without that is refused.
    stores: [...stores, sqlSealingKeys(database)],
    rotations: sqlRotationStore(database),
    inTransaction: <T>(work: (stores: ReturnType<typeof storesOn>) => Promise<T>) =>
      database.transaction((tx) => work(storesOn(tx, enqueueRewrapping))),
  }
  return {
    routes: keysRoutes(deps),
    check: () => checkKeys(deps),
    rewrap: () => rewrapKeys(deps),
    async resume() {
      if (await deps.rotations.findRunning()) await database.transaction(enqueueRewrapping)
    },
  }
}

function storesOn(tx: Connection, enqueueRewrapping: KeyRotationResources['enqueueRewrapping']) {
  return {
    rotations: sqlRotationStore(tx),
    audit: sqlAuditStore(tx),
    enqueueRewrapping: () => enqueueRewrapping(tx),
  }
}
