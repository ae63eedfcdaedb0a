import type { AuditStore } from '../../audit/index.ts'
import { auditEntryOf, type Deed, type EntryAct } from './entry-act.ts'
import type { Entry } from './entry-answer.ts'
import { changedFields } from './entry-change.ts'
import { type FollowedEntries, setFollowing } from './follow-entry.ts'
import { findPeople, idsOf, type PeopleReads, type Person, type PersonReference } from './person.ts'

/** An entry with people, as one user sees it. */
export interface StewardedEntry extends Entry {
  readonly stewards: readonly Person[]
  readonly isFollowed: boolean
}

/** What a PUT of any such entry can say besides its own fields. */
export interface EntryChangeInput extends EntryAct {
  readonly stewards?: readonly PersonReference[] | undefined
  readonly isFollowed?: boolean | undefined
  /** The id in the body. */
  readonly namedId?: number | undefined
}

export interface ChangedEntries<Item> extends Pick<FollowedEntries, 'setFollowing'> {
  /** Throws `entry.name_taken`. */
  save(id: number, fields: Item, at: Date): Promise<void>
  setStewards(id: number, userIds: readonly string[]): Promise<void>
}

interface Stores<Item> {
  readonly entries: ChangedEntries<Item>
  readonly people: PeopleReads
  readonly audit: AuditStore
}

export interface Change<Item> extends Pick<Deed, 'type' | 'at'> {
  readonly before: Item
  /** The fields that were sent. */
  readonly fields: Partial<Item>
  /** The entry as it is by then, with what is not in its own row. */
  read(): Promise<Item>
}

/**
 * Changes an entry that is locked, and that the caller may change so. Only what differs is a change: it makes the entry modified, and
 * leaves a record. Whether the caller follows it is none. Throws `entry.name_taken` and what `findPeople` gives.
 */
export async function saveChange<Item extends StewardedEntry>(
  { entries, people, audit }: Stores<Item>,
  input: EntryChangeInput,
  { type, at, before, fields, read }: Change<Item>,
): Promise<Item> {
  const { caller, id, stewards, isFollowed } = input
  if (stewards) await entries.setStewards(id, idsOf(await findPeople(people, caller.organisation, stewards)))
  if (isFollowed !== undefined) await setFollowing({ entries, audit }, { ...input, isFollowed }, { type, at })
  const after = { ...(await read()), ...fields }
  const changed = changedFields(factsOf(before), factsOf(after))
  if (!changed) return after
  await entries.save(id, after, at)
  await audit.record(auditEntryOf(input, { action: `${type}.change`, type, id, at, details: { ...changed } }))
  return { ...after, modifiedAt: at }
}

/** As a record tells them: people, and whatever else has ids, by these. */
function factsOf({ isFollowed: _ofTheCaller, ...entry }: StewardedEntry): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, Array.isArray(value) ? idsOf(value) : value]),
  )
}
