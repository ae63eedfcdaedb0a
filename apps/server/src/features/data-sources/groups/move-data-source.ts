import type { Clock } from '../../../kernel/clock.ts'
import type { AuditStore } from '../../audit/index.ts'
import { type DataSource, dataSourceErrors } from '../data-source.ts'
import { assertMayEdit, assertMayPutInto, assertMayTakeOut } from '../data-source-policy.ts'
import type { DataSourceStore, StewardshipReads } from '../data-source-store.ts'
import { type Act, auditEntryOf } from '../entries/entry-act.ts'
import { groupErrors } from './group.ts'
import type { GroupStore } from './group-store.ts'

interface Stores {
  readonly groups: Pick<GroupStore, 'lockTree' | 'standingTo' | 'place'>
  readonly dataSources: Pick<DataSourceStore, 'find' | 'lock'>
  readonly stewardship: StewardshipReads
  readonly audit: AuditStore
}

export interface MoveDataSourceDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface MembershipAct extends Act {
  readonly group: number
  readonly dataSource: number
}

/**
 * Puts a data source into a group, out of the one it is in. Throws `group.not_found`, `data_source.not_found` and
 * `entry.not_yours`.
 */
export async function addToGroup(deps: MoveDataSourceDeps, act: MembershipAct): Promise<void> {
  await move(deps, act, ({ caller }, { standings, found }) => {
    assertMayEdit(caller, standings.dataSource)
    assertMayPutInto(caller, standings.group)
    return found.groupId === act.group ? 'stays' : act.group
  })
}

/** Takes a data source out of its group. Throws also `group.not_member`. */
export async function removeFromGroup(deps: MoveDataSourceDeps, act: MembershipAct): Promise<void> {
  await move(deps, act, ({ caller, group, dataSource }, { standings, found }) => {
    assertMayTakeOut(caller, standings.dataSource, standings.group)
    if (found.groupId !== group) throw groupErrors.not_member(group, dataSource)
    return null
  })
}

type Decide = (act: MembershipAct, seen: Seen) => number | null | 'stays'

async function move(deps: MoveDataSourceDeps, act: MembershipAct, decide: Decide): Promise<void> {
  const { caller, dataSource: id } = act
  const at = deps.clock.now()
  await deps.inTransaction(async (stores) => {
    await stores.groups.lockTree(caller.organisation)
    const seen = await look(stores, act)
    const groupId = decide(act, seen)
    if (groupId === 'stays') return
    await stores.groups.place(id, groupId, at)
    const details = { before: { groupId: seen.found.groupId }, after: { groupId } }
    await stores.audit.record(auditEntryOf(act, { action: 'data_source.move', type: 'data_source', id, at, details }))
  })
}

interface Seen {
  readonly found: DataSource
  readonly standings: Readonly<
    Record<'group' | 'dataSource', { readonly isCreator: boolean; readonly isSteward: boolean }>
  >
}

async function look({ groups, dataSources, stewardship }: Stores, act: MembershipAct): Promise<Seen> {
  const { caller, group: groupId, dataSource: id } = act
  const group = await groups.standingTo(caller, groupId)
  if (!group) throw groupErrors.not_found(groupId)
  await dataSources.lock(caller.organisation, id)
  const found = await dataSources.find(caller, id)
  const dataSource = await stewardship.standingTo(caller, id)
  if (!found || !dataSource) throw dataSourceErrors.not_found(id)
  return { found, standings: { group, dataSource } }
}
