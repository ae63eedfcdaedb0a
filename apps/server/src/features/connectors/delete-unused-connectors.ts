import type { Clock } from '../../kernel/clock.ts'
import { type AuditEntry, type AuditStore, SYSTEM_ACTOR } from '../audit/index.ts'
import type { ConnectorStore, SweptConnector } from './connector-store.ts'

interface Stores {
  readonly connectors: Pick<ConnectorStore, 'removeUnused'>
  readonly audit: AuditStore
}

export interface DeleteUnusedConnectorsDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** So many are deleted in one transaction. */
const CHUNK = 500

/**
 * Deletes registrations that nobody used for longer than their organisation keeps them: for a daily job. What is left
 * when it is stopped half-way is deleted by the next.
 */
export async function deleteUnusedConnectors(deps: DeleteUnusedConnectorsDeps): Promise<number> {
  const at = deps.clock.now()
  let deleted = 0
  for (let after = 0; ; ) {
    const swept = await deps.inTransaction(async ({ connectors, audit }) => {
      const removed = await connectors.removeUnused(at, { after, limit: CHUNK })
      await audit.recordAll(removed.map((connector) => sweptEntry(connector, at)))
      return removed
    })
    deleted += swept.length
    const last = swept.at(-1)
    if (!last) return deleted
    after = last.id
  }
}

function sweptEntry({ id, state, organisation, userId, lastUsedAt, periodDays }: SweptConnector, at: Date): AuditEntry {
  return {
    organisation,
    at,
    actor: SYSTEM_ACTOR,
    action: 'connector.expire',
    object: { type: 'connector', id: String(id) },
    details: { user: userId, before: state, lastUsedAt: lastUsedAt?.toISOString() ?? null, periodDays },
  }
}
