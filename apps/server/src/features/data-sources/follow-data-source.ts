import type { Clock } from '../../kernel/clock.ts'
import type { AuditStore } from '../audit/index.ts'
import { dataSourceErrors } from './data-source.ts'
import type { DataSourceStore } from './data-source-store.ts'
import { auditEntryOf, type EntryAct } from './entries/entry-act.ts'

interface Stores {
  readonly dataSources: Pick<DataSourceStore, 'lock' | 'setFollowing'>
  readonly audit: AuditStore
}

export interface FollowDataSourceDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** Has the caller follow a data source, or no longer. Throws `data_source.not_found`. */
export async function followDataSource(
  deps: FollowDataSourceDeps,
  { isFollowed, ...act }: EntryAct & { readonly isFollowed: boolean },
): Promise<void> {
  const { caller, id } = act
  const at = deps.clock.now()
  await deps.inTransaction(async ({ dataSources, audit }) => {
    if (!(await dataSources.lock(caller.organisation, id))) throw dataSourceErrors.not_found(id)
    if (!(await dataSources.setFollowing(id, caller.userId, isFollowed))) return
    const action = isFollowed ? 'data_source.follow' : 'data_source.unfollow'
    await audit.record(auditEntryOf(act, { action, type: 'data_source', id, at }))
  })
}
