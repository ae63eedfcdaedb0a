import type { Clock } from '../../kernel/clock.ts'
import { requireVersion } from '../../kernel/version.ts'
import type { AuditStore } from '../audit/index.ts'
import { dataSourceErrors } from './data-source.ts'
import { assertMayEdit } from './data-source-policy.ts'
import type { DataSourceStore, StewardshipReads } from './data-source-store.ts'
import { auditEntryOf, type EntryAct } from './entries/entry-act.ts'
import { versionOfEntry } from './entries/entry-answer.ts'

interface Stores {
  readonly dataSources: Pick<DataSourceStore, 'find' | 'lock' | 'teamsHandingOut' | 'remove'>
  readonly stewardship: StewardshipReads
  readonly audit: AuditStore
}

export interface DeleteDataSourceDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/**
 * Forgets a data source, and who looks after it and follows it. Throws `data_source.not_found`, `entry.not_yours`,
 * `request.changed_meanwhile` and `data_source.handed_out`.
 */
export async function deleteDataSource(deps: DeleteDataSourceDeps, act: EntryAct): Promise<void> {
  const { caller, id } = act
  const at = deps.clock.now()
  await deps.inTransaction(async ({ dataSources, stewardship, audit }) => {
    await dataSources.lock(caller.organisation, id)
    const found = await dataSources.find(caller, id)
    const standing = await stewardship.standingTo(caller, id)
    if (!found || !standing) throw dataSourceErrors.not_found(id)
    assertMayEdit(caller, standing)
    requireVersion(act, versionOfEntry(found))
    const teams = await dataSources.teamsHandingOut(id)
    if (teams.length > 0) throw dataSourceErrors.handed_out(teams)
    await dataSources.remove(id)
    const details = { name: found.name, databaseType: found.databaseType, groupId: found.groupId }
    await audit.record(auditEntryOf(act, { action: 'data_source.delete', type: 'data_source', id, at, details }))
  })
}
