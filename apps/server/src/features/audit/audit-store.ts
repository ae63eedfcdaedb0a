import type { AuditEntry } from './audit-entry.ts'

/** Where audit records go: into the transaction of the change they speak of, so that neither exists without the other. */
export interface AuditStore {
  record(entry: AuditEntry): Promise<void>

  /** Keeps the order of `entries`; one statement whatever their number. */
  recordAll(entries: readonly AuditEntry[]): Promise<void>

  /** One entry for each organisation, all alike; one statement whatever their number. */
  recordForEach(organisations: readonly number[], entry: Omit<AuditEntry, 'organisation'>): Promise<void>
}
