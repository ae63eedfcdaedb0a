import type { Clock } from '../../../kernel/clock.ts'
import type { AuditStore } from '../../audit/index.ts'
import { assertMayEdit } from '../data-source-policy.ts'
import { auditEntryOf, type EntryAct } from '../entries/entry-act.ts'
import { changedFields, sentFields } from '../entries/entry-change.ts'
import { assertSameId, parseEntryName } from '../entries/entry-errors.ts'
import { findPeople, idsOf, type PeopleReads, type PersonReference } from '../entries/person.ts'
import type { SomeGroupFields } from './create-group.ts'
import { assertMayEnter } from './enter-group.ts'
import { getGroup } from './get-group.ts'
import { type Group, groupErrors } from './group.ts'
import type { GroupStore } from './group-store.ts'

interface Stores {
  readonly groups: Pick<
    GroupStore,
    'lockTree' | 'lock' | 'find' | 'standingTo' | 'isWithin' | 'save' | 'setStewards' | 'setFollowing'
  >
  readonly people: PeopleReads
  readonly audit: AuditStore
}

export interface ChangeGroupDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface ChangeGroupInput extends EntryAct {
  readonly fields: SomeGroupFields
  readonly stewards?: readonly PersonReference[] | undefined
  readonly isFollowed?: boolean | undefined
  /** The id in the body. */
  readonly namedId?: number | undefined
}

/**
 * Changes a group, and moves it with all that is in it when `parentId` is another; what is not sent stays. Throws
 * `group.not_found`, `.unknown`, `.cycle`, `entry.bad_name`, `.name_taken`, `.not_yours`, `.other_id`, `access.flag_missing`, and what
 * `findPeople` gives.
 */
export async function changeGroup(deps: ChangeGroupDeps, input: ChangeGroupInput): Promise<Group> {
  const { caller, id } = input
  assertSameId(id, input.namedId)
  const changes = sentFields(input.fields)
  if (changes.name !== undefined) parseEntryName(changes.name)
  const at = deps.clock.now()
  return deps.inTransaction(async (stores) => {
    if (changes.parentId !== undefined) await stores.groups.lockTree(caller.organisation)
    const before = await lockForEdit(stores.groups, input)
    const { parentId = before.parentId } = changes
    if (parentId !== before.parentId) await assertMayMove(stores.groups, input, parentId)
    await setOthers(stores, input)
    const after = { ...(await getGroup(stores, { caller, id })), ...changes }
    const changed = changedFields(factsOf(before), factsOf(after))
    if (!changed) return before
    await stores.groups.save(id, after, at)
    await stores.audit.record(
      auditEntryOf(input, { action: 'group.change', type: 'group', id, at, details: { ...changed } }),
    )
    return { ...after, modifiedAt: at }
  })
}

async function lockForEdit(groups: Stores['groups'], { caller, id }: EntryAct): Promise<Group> {
  await groups.lock(caller.organisation, id)
  const found = await groups.find(caller, id)
  const standing = await groups.standingTo(caller, id)
  if (!found || !standing) throw groupErrors.not_found(id)
  assertMayEdit(caller, standing)
  return found
}

async function assertMayMove(groups: Stores['groups'], { caller, id }: EntryAct, parent: number | null): Promise<void> {
  await assertMayEnter(groups, caller, { field: 'parentId', group: parent })
  if (parent !== null && (await groups.isWithin(caller.organisation, parent, id))) throw groupErrors.cycle(parent)
}

/** What is not in the group's own row. */
async function setOthers({ groups, people }: Stores, input: ChangeGroupInput): Promise<void> {
  const { caller, id, stewards, isFollowed } = input
  if (stewards) await groups.setStewards(id, idsOf(await findPeople(people, caller.organisation, stewards)))
  if (isFollowed !== undefined) await groups.setFollowing(id, caller.userId, isFollowed)
}

function factsOf(group: Group) {
  return { ...group, stewards: idsOf(group.stewards) }
}
