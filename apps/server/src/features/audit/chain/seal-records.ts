import { BEGINNING, sealHash } from './seal-hash.ts'
import type { ChainReader, Seal, SealedRecord, SealStore } from './seal-store.ts'

export interface SealRecordsDeps {
  readonly chain: Pick<ChainReader, 'hasUnsealed'>
  inTransaction<T>(work: (seals: SealStore) => Promise<T>): Promise<T>
  /** Lets requests that wait be served. */
  breathe(): Promise<void>
}

/** Sealed in one transaction; more would keep what they are made from in memory for nothing. */
const CHUNK = 5000
/** Hashed without a pause: a millisecond or two. */
const BREATH = 500

/**
 * Gives every committed record its place in the chain, in the order of ids within a chunk. One node at a time does; a node
 * that finds another at it leaves it to that one. Answers how many it sealed.
 */
export async function sealRecords(deps: SealRecordsDeps, stopping?: AbortSignal): Promise<number> {
  let total = 0
  if (!(await deps.chain.hasUnsealed())) return total
  for (;;) {
    const sealed = await deps.inTransaction((seals) => sealChunk(seals, deps.breathe))
    total += sealed
    if (sealed < CHUNK || stopping?.aborted) return total
  }
}

async function sealChunk(seals: SealStore, breathe: SealRecordsDeps['breathe']): Promise<number> {
  if (!(await seals.takeTurn())) return 0
  // Read after the turn has come: whoever had it before has committed.
  const head = await seals.findHead()
  const records = await seals.listUnsealed(CHUNK)
  const sealed: SealedRecord[] = []
  let last: Seal = head ?? { seq: 0, hash: BEGINNING }
  for (const record of records) {
    const next = { seq: last.seq + 1, hash: sealHash(last.hash, record), record }
    sealed.push(next)
    last = next
    if (sealed.length % BREATH === 0) await breathe()
  }
  if (sealed.length > 0) await seals.append(sealed)
  return sealed.length
}
