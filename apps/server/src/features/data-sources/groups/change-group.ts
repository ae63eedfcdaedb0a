import type { Clock } from '../../../kernel/clock.ts'
import { requireVersion } from '../../../kernel/version.ts'
import type { AuditStore } from '../../audit/index.ts'
import { assertMayEdit } from '../data-source-policy.ts'
import type { EntryAct } from '../entries/entry-act.ts'
import { versionOfEntry } from '../entries/entry-answer.ts'
import { sentFields } from '../entries/entry-change.ts'
import { assertSameId, parseEntryName } from '../entries/entry-errors.ts'
import type { PeopleReads } from '../entries/person.ts'
import { type EntryChangeInput, saveChange } from '../entries/save-change.ts'
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

export interface ChangeGroupInput extends EntryChangeInput {
  readonly fields: SomeGroupFields
}

/**
 * Changes a group, and moves it with all that is in it when `parentId` is another; what is not sent stays. Throws
 * `group.not_found`, `.unknown`, `.cycle`, `entry.bad_name`, `.name_taken`, `.not_yours`, `.other_id`, `access.flag_missing`, `request.changed_meanwhile`, and what
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
    const { groups: entries, people, audit } = stores
    const read = () => getGroup(stores, { caller, id })
    return saveChange<Group>({ entries, people, audit }, input, { type: 'group', at, before, fields: changes, read })
  })
}

async function lockForEdit(groups: Stores['groups'], act: EntryAct): Promise<Group> {
  const { caller, id } = act
  await groups.lock(caller.organisation, id)
  const found = await groups.find(caller, id)
  const standing = await groups.standingTo(caller, id)
  if (!found || !standing) throw groupErrors.not_found(id)
  assertMayEdit(caller, standing)
  requireVersion(act, versionOfEntry(found))
  return found
}

async function assertMayMove(groups: Stores['groups'], { caller, id }: EntryAct, parent: number | null): Promise<void> {
  await assertMayEnter(groups, caller, { field: 'parentId', group: parent })
  if (parent !== null && (await groups.isWithin(caller.organisation, parent, id))) throw groupErrors.cycle(parent)
}
