import type { Clock } from '../../../kernel/clock.ts'
import { requireVersion } from '../../../kernel/version.ts'
import type { AuditStore } from '../../audit/index.ts'
import { assertMayEdit } from '../data-source-policy.ts'
import { auditEntryOf, type EntryAct } from '../entries/entry-act.ts'
import { versionOfEntry } from '../entries/entry-answer.ts'
import { groupErrors } from './group.ts'
import type { GroupStore, RemovedTree } from './group-store.ts'

interface Stores {
  readonly groups: Pick<GroupStore, 'lockTree' | 'lock' | 'find' | 'standingTo' | 'removeTree'>
  readonly audit: AuditStore
}

export interface DeleteGroupDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/**
 * Deletes a group and the groups below it; their data sources stay, in no group. Throws `group.not_found`,
 * `entry.not_yours` and `request.changed_meanwhile`.
 */
export async function deleteGroup(deps: DeleteGroupDeps, act: EntryAct): Promise<void> {
  const { caller, id } = act
  const at = deps.clock.now()
  await deps.inTransaction(async ({ groups, audit }) => {
    await groups.lockTree(caller.organisation)
    // Changes that move nothing do not wait for the tree.
    await groups.lock(caller.organisation, id)
    const found = await groups.find(caller, id)
    const standing = await groups.standingTo(caller, id)
    if (!found || !standing) throw groupErrors.not_found(id)
    assertMayEdit(caller, standing)
    requireVersion(act, versionOfEntry(found))
    const removed = await groups.removeTree(caller.organisation, id, at)
    const details = { name: found.name, parentId: found.parentId, ...summaryOf(removed) }
    await audit.record(auditEntryOf(act, { action: 'group.delete', type: 'group', id, at, details }))
  })
}

/** So many ids an audit record names; their number it always tells. */
const MOST_IDS = 1000

function summaryOf({ groups, ungrouped }: RemovedTree) {
  return {
    groupsBelow: groups.length,
    ungrouped: ungrouped.length,
    groupIds: groups.slice(0, MOST_IDS),
    dataSourceIds: ungrouped.slice(0, MOST_IDS),
  }
}
