import type { SealableRecord } from './seal-hash.ts'

/** The place of a record in the chain. */
export interface Seal {
  /** From 1, without gaps. */
  readonly seq: number
  readonly hash: Uint8Array
}

export interface PlacedRecord extends Seal {
  readonly recordId: number
  /** Null when the record is gone. */
  readonly record: SealableRecord | null
}

export interface SealedRecord extends Seal {
  readonly record: SealableRecord
}

/** The chain as it grows, within a transaction. */
export interface SealStore {
  /** False when somebody else is at it; otherwise nobody else is until the transaction ends. */
  takeTurn(): Promise<boolean>
  findHead(): Promise<Seal | undefined>
  /** Committed records without a seal, in the order of their ids. */
  listUnsealed(limit: number): Promise<readonly SealableRecord[]>
  /** Adds the records at the head of the chain. */
  append(sealed: readonly SealedRecord[]): Promise<void>
}

/** The chain as it stands. */
export interface ChainReader {
  findHead(): Promise<Seal | undefined>
  hasUnsealed(): Promise<boolean>
  /** In their order, those after `seq`. */
  listPlaced(after: number, limit: number): Promise<readonly PlacedRecord[]>
  /** Looks at the records after `id`, in the order of their ids; `last` is null when there is none. */
  findUnplaced(
    after: number,
    limit: number,
  ): Promise<{
    readonly last: number | null
    /** The first that has no seal and does not wait for one either. */
    readonly unplaced: number | null
  }>
  /** The first that waits for its seal and is gone. */
  findVanished(): Promise<number | undefined>
}
