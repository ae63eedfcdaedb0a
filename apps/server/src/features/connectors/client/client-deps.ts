import type { Clock } from '../../../kernel/clock.ts'
import type { AuditStore } from '../../audit/index.ts'
import type { ClientStore } from './client-store.ts'

/** What every call of a client takes. */
export interface ClientDeps {
  readonly clock: Clock
  readonly secrets: SecretSource
  readonly clients: ClientStore
  inTransaction<T>(work: (stores: ClientStores) => Promise<T>): Promise<T>
}

export interface ClientStores {
  readonly clients: ClientStore
  readonly audit: AuditStore
  /** Has the mail sent that asks the connector's user to confirm it, once the transaction is committed. */
  enqueueConfirmation(connector: number): Promise<void>
}

/** Where secrets come from, and what is stored instead of them. */
export interface SecretSource {
  /** 256 random bits in URL-safe characters, after `prefix`, by which scanners recognise a leaked one. */
  next(prefix?: string): string
  digest(secret: string): Uint8Array
}

export const SECRET_PREFIX = 'ptc_'
