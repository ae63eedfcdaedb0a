import type { AuditEntry } from '../../audit/index.ts'
import type { ConnectorOwner } from './client-store.ts'

export interface ClientAct {
  readonly action: `connector.${string}`
  /** Undefined for one that is nobody's. */
  readonly owner: ConnectorOwner | undefined
  readonly connector: number
  readonly at: Date
  readonly requestId: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** What a client did, as its user's doing. */
export function clientEntry({ action, owner, connector, at, requestId, details }: ClientAct): AuditEntry {
  return {
    organisation: owner?.organisation ?? null,
    at,
    actor: { id: owner?.userId ?? null, name: owner?.username ?? 'unknown', via: 'connector' },
    action,
    object: { type: 'connector', id: String(connector) },
    requestId,
    ...(details && { details }),
  }
}
