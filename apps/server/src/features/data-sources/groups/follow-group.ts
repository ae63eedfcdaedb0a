import type { Clock } from '../../../kernel/clock.ts'
import type { AuditStore } from '../../audit/index.ts'
import { type FollowAct, type FollowedEntries, followEntry } from '../entries/follow-entry.ts'
import { groupErrors } from './group.ts'

interface Stores {
  readonly groups: FollowedEntries
  readonly audit: AuditStore
}

export interface FollowGroupDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** Throws `group.not_found`. */
export function followGroup({ clock, inTransaction }: FollowGroupDeps, act: FollowAct): Promise<void> {
  return followEntry(
    { clock, inTransaction: (work) => inTransaction(({ groups, audit }) => work({ entries: groups, audit })) },
    act,
    { type: 'group', notFound: groupErrors.not_found },
  )
}
