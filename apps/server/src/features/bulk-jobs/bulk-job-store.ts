import type { Page } from '../../kernel/page.ts'
import type { Rights } from '../../kernel/principal.ts'
import type { BulkJob, ItemError, ItemOutcome, ItemResult } from './bulk-job.ts'
import type { ItemSlice } from './bulk-kind.ts'

export type NewBulkJob = Pick<
  BulkJob,
  'id' | 'kind' | 'organisation' | 'input' | 'retryOf' | 'dryRun' | 'total' | 'caller' | 'requestId' | 'startedAt'
>

export interface Progress {
  readonly at: Date
  readonly cursor: number
  /** What the chunk adds to the job's counts. */
  readonly done: number
  readonly changed: number
  readonly failed: number
}

export interface BulkJobStore {
  add(job: NewBulkJob): Promise<void>

  find(id: string): Promise<BulkJob | undefined>

  /** Holds a job in progress until the end of the transaction; undefined when it has ended, or somebody else holds it. */
  hold(id: string): Promise<BulkJob | undefined>

  /** What a user may do now; undefined when they, or their organisation, are disabled or gone. */
  findRights(userId: string): Promise<Rights | undefined>

  addResults(id: string, results: readonly ItemResult[]): Promise<void>

  saveProgress(id: string, progress: Progress): Promise<void>

  /** What is done is then all there was. */
  finish(id: string, end: { readonly at: Date; readonly error?: ItemError | undefined }): Promise<void>

  /** The items that failed, in the order of their ids. */
  listFailed(id: string, slice: ItemSlice): Promise<readonly number[]>

  /** Jobs in progress that nobody holds and that made no progress since `since`. */
  listIdle(since: Date): Promise<readonly string[]>

  /** Forgets some of the jobs that ended before `endedBefore`; answers how many. */
  forget(endedBefore: Date): Promise<number>
}

export interface BulkJobQuery {
  readonly organisation: number
  /** Also those over all organisations. */
  readonly withOverall: boolean
  readonly kinds: readonly string[]
  /**
   * Only those that could not go on, or of whose items some failed, and that nobody retried since; no dry runs, in which nothing
   * fails but what would.
   */
  readonly onlyFailing: boolean
  /** 1-based. */
  readonly pageNumber: number
  readonly pageSize: number
}

export interface BulkResultQuery extends Pick<BulkJobQuery, 'pageNumber' | 'pageSize'> {
  readonly job: string
  readonly outcome: ItemOutcome | undefined
}

/** Jobs and their results as those see them who ordered them. */
export interface BulkJobReadModel {
  /** The newest first. */
  list(query: BulkJobQuery): Promise<Page<BulkJob>>

  /** In the order of the items' ids. */
  listResults(query: BulkResultQuery): Promise<Page<ItemResult>>
}
