import type { Page } from '../../../kernel/page.ts'
import type { Standing } from '../data-source-policy.ts'
import type { Made, Viewer } from '../data-source-store.ts'
import type { EntryFilter } from '../entries/entry-text.ts'
import type { Group, GroupFields } from './group.ts'

export interface GroupQuery extends Viewer {
  readonly filter: EntryFilter
  /** Only those directly in this group; null: at the top. */
  readonly parentId?: number | null | undefined
}

export interface GroupReadModel {
  /** By name; one statement, whatever the page holds. */
  list(query: GroupQuery): Promise<Page<Group>>
}

/** What was taken away with a group. */
export interface RemovedTree {
  /** Ids of the groups below it. */
  readonly groups: readonly number[]
  /** Ids of the data sources that were in one of them. */
  readonly ungrouped: readonly number[]
}

/** Groups of all organisations; what is asked for in one is not found in another. */
export interface GroupStore {
  /**
   * Lets nobody else change the organisation's tree until the end of the transaction: two moves that each are possible
   * could close a circle together. Take it before any row is locked or read.
   */
  lockTree(organisation: number): Promise<void>

  find(viewer: Viewer, id: number): Promise<Group | undefined>

  /** Keeps it from being changed by others until the end of the transaction; false when there is none. */
  lock(organisation: number, id: number): Promise<boolean>

  /** Undefined when the organisation has no such group. One statement, however deep the tree. */
  standingTo(viewer: Viewer, id: number): Promise<Standing | undefined>

  /** Whether `id` is `other`, or below it. */
  isWithin(organisation: number, id: number, other: number): Promise<boolean>

  /** Throws `entry.name_taken`. */
  add(fields: GroupFields, made: Made): Promise<number>

  /** Throws `entry.name_taken`. */
  save(id: number, fields: GroupFields, at: Date): Promise<void>

  setStewards(id: number, userIds: readonly string[]): Promise<void>

  /** Puts the data source into the group, or into none. */
  place(dataSource: number, group: number | null, at: Date): Promise<void>

  /** Removes the group and all below; data sources in them stay, in no group. */
  removeTree(organisation: number, id: number, at: Date): Promise<RemovedTree>

  /** False when it was so already. */
  setFollowing(id: number, userId: string, isFollowed: boolean): Promise<boolean>
}
