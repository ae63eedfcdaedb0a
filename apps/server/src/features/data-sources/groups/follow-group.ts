import type { Clock } from '../../../kernel/clock.ts'
import type { AuditStore } from '../../audit/index.ts'
import { auditEntryOf, type EntryAct } from '../entries/entry-act.ts'
import { groupErrors } from './group.ts'
import type { GroupStore } from './group-store.ts'

interface Stores {
  readonly groups: Pick<GroupStore, 'lock' | 'setFollowing'>
  readonly audit: AuditStore
}

export interface FollowGroupDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** Has the caller follow a group, or no longer. Throws `group.not_found`. */
export async function followGroup(
  deps: FollowGroupDeps,
  { isFollowed, ...act }: EntryAct & { readonly isFollowed: boolean },
): Promise<void> {
  const { caller, id } = act
  const at = deps.clock.now()
  await deps.inTransaction(async ({ groups, audit }) => {
    if (!(await groups.lock(caller.organisation, id))) throw groupErrors.not_found(id)
    if (!(await groups.setFollowing(id, caller.userId, isFollowed))) return
    const action = isFollowed ? 'group.follow' : 'group.unfollow'
    await audit.record(auditEntryOf(act, { action, type: 'group', id, at }))
  })
}
