import type { Clock } from '../../../kernel/clock.ts'
import type { AuditStore } from '../../audit/index.ts'
import { type Act, auditEntryOf } from '../entries/entry-act.ts'
import { auditedFields, sentFields } from '../entries/entry-change.ts'
import { parseEntryName } from '../entries/entry-errors.ts'
import { findPeople, idsOf, type PeopleReads, type PersonReference } from '../entries/person.ts'
import { assertMayEnter } from './enter-group.ts'
import { getGroup } from './get-group.ts'
import { EMPTY_GROUP, type Group, type GroupFields } from './group.ts'
import type { GroupStore } from './group-store.ts'

interface Stores {
  readonly groups: Pick<GroupStore, 'lockTree' | 'standingTo' | 'add' | 'setStewards' | 'find'>
  readonly people: PeopleReads
  readonly audit: AuditStore
}

export interface CreateGroupDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

/** Those that were sent. */
export type SomeGroupFields = { readonly [Name in keyof GroupFields]?: GroupFields[Name] | undefined }

export interface CreateGroupInput extends Act {
  readonly fields: Pick<GroupFields, 'name'> & SomeGroupFields
  readonly stewards?: readonly PersonReference[] | undefined
}

/**
 * Makes a group, in one whose editors the caller is among, or, for admins, at the top. Throws `entry.bad_name`, `.name_taken`,
 * `.not_yours`, `access.flag_missing`, `group.unknown`, and what `findPeople` gives.
 */
export async function createGroup(
  deps: CreateGroupDeps,
  { caller, requestId, fields: sent, stewards: references = [] }: CreateGroupInput,
): Promise<Group> {
  const fields: GroupFields = { ...EMPTY_GROUP, ...sentFields(sent), name: parseEntryName(sent.name) }
  const at = deps.clock.now()
  return deps.inTransaction(async ({ groups, people, audit }) => {
    if (fields.parentId !== null) await groups.lockTree(caller.organisation)
    await assertMayEnter(groups, caller, { field: 'parentId', group: fields.parentId })
    const stewards = idsOf(await findPeople(people, caller.organisation, references))
    const id = await groups.add(fields, { at, by: caller })
    if (stewards.length > 0) await groups.setStewards(id, stewards)
    const details = auditedFields({ ...fields, stewards })
    await audit.record(auditEntryOf({ caller, requestId }, { action: 'group.create', type: 'group', id, at, details }))
    return getGroup({ groups }, { caller, id })
  })
}
