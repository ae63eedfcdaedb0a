import type { Clock } from '../../kernel/clock.ts'
import type { AuditStore } from '../audit/index.ts'
import { dataSourceErrors } from './data-source.ts'
import { type FollowAct, type FollowedEntries, followEntry } from './entries/follow-entry.ts'

interface Stores {
  readonly dataSources: FollowedEntries
  readonly audit: AuditStore
}

export interface FollowDataSourceDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** Throws `data_source.not_found`. */
export function followDataSource({ clock, inTransaction }: FollowDataSourceDeps, act: FollowAct): Promise<void> {
  return followEntry(
    {
      clock,
      inTransaction: (work) => inTransaction(({ dataSources, audit }) => work({ entries: dataSources, audit })),
    },
    act,
    { type: 'data_source', notFound: dataSourceErrors.not_found },
  )
}
