import { setTimeout as delay, setImmediate as immediate } from 'node:timers/promises'
import { sqlChainReader, sqlSealStore } from '../../features/audit/chain/seals.sql.ts'
import { verificationRoutes } from '../../features/audit/chain/verification.http.ts'
import { AnchorWriter, keepSealing, sealRecords } from '../../features/audit/index.ts'
import { auditRoutes } from '../../features/audit/list/audit.http.ts'
import { sqlAuditList } from '../../features/audit/list/audit-list.sql.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Database } from '../../platform/database/database.ts'
import type { Route } from '../../platform/http/route.ts'
import type { Logger } from '../../platform/telemetry/logger.ts'

export interface AuditResources {
  readonly database: Database
  readonly clock: Clock
  readonly logger: Logger
  /** Where anchors go, and how often. */
  readonly anchors: { readonly sink: (line: string) => Promise<void>; readonly everyMs: number }
}

/** The audit, ready to serve and to be sealed. */
export interface Audit {
  readonly routes: readonly Route[]
  /** Seals what is committed by now. */
  seal(): Promise<number>
  /** Seals, and writes anchors, until disposed. */
  start(): AsyncDisposable
}

export function wireAudit({ database, clock, logger, anchors }: AuditResources): Audit {
  const chain = sqlChainReader(database)
  const sealing = {
    chain,
    breathe: immediate,
    inTransaction: <T>(work: (seals: ReturnType<typeof sqlSealStore>) => Promise<T>) =>
      database.transaction((tx) => work(sqlSealStore(tx))),
  }
  const writer = new AnchorWriter({ chain, sink: anchors.sink, now: () => clock.now() })
  return {
    routes: [...auditRoutes({ audit: sqlAuditList(database) }), ...verificationRoutes({ chain, breathe: immediate })],
    seal: () => sealRecords(sealing),
    start() {
      const stopping = new AbortController()
      const ended = keepSealing(
        {
          seal: (signal) => sealRecords(sealing, signal),
          anchor: { write: () => writer.write(), everyMs: anchors.everyMs },
          monotonicMs: () => performance.now(),
          // Rejects only because of disposal, and then there is nothing left to wait for.
          rest: (forMs, signal) => delay(forMs, undefined, { signal, ref: false }).catch(() => undefined),
          onFailure: (what, err) => logger.error({ err }, FAILURES[what]),
        },
        stopping.signal,
      )
      return {
        async [Symbol.asyncDispose]() {
          stopping.abort()
          await ended
        },
      }
    },
  }
}

const FAILURES = {
  seal: 'audit records could not be sealed; it is tried again every second',
  anchor: 'the anchor of the audit could not be written; it is tried again',
} as const
