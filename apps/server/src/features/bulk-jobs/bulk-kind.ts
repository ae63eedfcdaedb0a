import type { PermissionFlag, Principal, Rights } from '../../kernel/principal.ts'
import type { BulkJob, ItemResult } from './bulk-job.ts'

export interface ItemSlice {
  /** The id of the last item that is done. */
  readonly after: number
  readonly limit: number
}

/** Items to treat in one transaction. */
export interface BulkChunk<Input> {
  readonly job: BulkJob<Input>
  readonly items: readonly number[]
  readonly at: Date
  /** What whoever ordered it may do by now. */
  readonly rights: Rights
}

export interface Treated {
  readonly changed: number
  /** Of every item, or of those alone that failed, as the kind thinks fit; the runner keeps them for the one who asks. */
  readonly results: readonly ItemResult[]
}

/** What a bulk job does. `Stores` are those of a chunk's transaction. */
export interface BulkKind<Stores, Input> {
  readonly name: string
  /** So many items are treated in one transaction. */
  readonly chunk: number
  /** Any of them lets an admin see such jobs. */
  readonly viewFlags: readonly PermissionFlag[]
  /** Throws unless the caller may order this now: asked when it is ordered, and when what failed is retried. */
  assertMayOrder(caller: Principal, input: Input, at: Date): void
  /** Throws when whoever ordered it has lost the right to: asked before each chunk. */
  assertMayGoOn(orderer: Rights): void
  /** What the audit record says was ordered. */
  describe(input: Input): Readonly<Record<string, unknown>>
  /** The next items in the order of their ids. Fewer than `limit` means that there is nothing behind them. */
  listItems(stores: Stores, job: BulkJob<Input>, slice: ItemSlice): Promise<readonly number[]>
  /**
   * Does them, with their audit records; in a dry run, only looks. What cannot be done to an item is a result. An AppError
   * ends the job; anything else is tried again with fewer items, until the one to blame is found.
   */
  treat(stores: Stores, chunk: BulkChunk<Input>): Promise<Treated>
}
