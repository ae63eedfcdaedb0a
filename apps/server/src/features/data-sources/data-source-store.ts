import type { Page } from '../../kernel/page.ts'
import type { DataSource, DataSourceFields } from './data-source.ts'
import type { Standing } from './data-source-policy.ts'
import type { EntryFilter } from './entries/entry-text.ts'

/** Whose data sources, and who looks at them. */
export interface Viewer {
  readonly organisation: number
  readonly userId: string
}

export interface Made {
  readonly at: Date
  readonly by: Viewer
}

export interface DataSourceQuery extends Viewer {
  readonly filter: EntryFilter
  /** Only those directly in this group; null: in none. */
  readonly groupId?: number | null | undefined
}

export interface DataSourceReadModel {
  /** By name; one statement, whatever the page holds. */
  list(query: DataSourceQuery): Promise<Page<DataSource>>
}

/** Data sources of all organisations; what is asked for in one is not found in another. */
export interface DataSourceStore {
  find(viewer: Viewer, id: number): Promise<DataSource | undefined>

  /** Keeps it from being changed by others until the end of the transaction; false when there is none. */
  lock(organisation: number, id: number): Promise<boolean>

  /** Throws `entry.name_taken`. */
  add(fields: DataSourceFields, made: Made): Promise<number>

  /** Throws `entry.name_taken`. */
  save(id: number, fields: DataSourceFields, at: Date): Promise<void>

  setStewards(id: number, userIds: readonly string[]): Promise<void>

  remove(id: number): Promise<void>

  /** Teams that hand it out, by name; a handful when there are many. */
  teamsHandingOut(id: number): Promise<readonly string[]>

  /** False when it was so already. */
  setFollowing(id: number, userId: string, isFollowed: boolean): Promise<boolean>
}

/** Who looks after what: of a data source also whoever is a steward of a group above it. */
export interface StewardshipReads {
  /** Undefined when the organisation has no such data source. One statement, however deep the tree. */
  standingTo(viewer: Viewer, dataSource: number): Promise<Standing | undefined>
}
