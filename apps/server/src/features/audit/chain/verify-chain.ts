import type { Anchor } from './anchor.ts'
import { BEGINNING, sealHash } from './seal-hash.ts'
import type { ChainReader, PlacedRecord, Seal } from './seal-store.ts'

export interface VerifyChainDeps {
  readonly chain: ChainReader
  /** Lets requests that wait be served. */
  breathe(): Promise<void>
}

/** The first place at which the chain is not what it was. */
export interface ChainBreak {
  readonly kind:
    | 'seal_missing'
    | 'record_missing'
    | 'record_altered'
    | 'anchor_differs'
    | 'tail_missing'
    | 'record_unsealed'
    | 'unsealed_missing'
  readonly seq: number | null
  readonly recordId: number | null
  readonly message: string
}

/** How far a verification is, then what came of it. */
export type Verification =
  | { readonly checked: number; readonly of: number }
  | {
      readonly outcome: 'intact' | 'broken'
      readonly checked: number
      readonly head: Seal | null
      readonly anchors: number
      readonly break: ChainBreak | null
    }

const CHUNK = 2000
/** Hashed without a pause: a millisecond or two. */
const BREATH = 500

/**
 * Computes the chain anew from its first record up to the head that it has now, and compares it with its seals and with the
 * anchors. Ends with the outcome, unless `stopping` aborts before. Takes as much memory for a million records as for few.
 */
export async function* verifyChain(
  deps: VerifyChainDeps,
  anchors: readonly Anchor[],
  stopping?: AbortSignal,
): AsyncGenerator<Verification, void> {
  const head = (await deps.chain.findHead()) ?? null
  const walk = new ChainWalk(anchors)
  let found: ChainBreak | undefined
  while (!found && walk.seq < (head?.seq ?? 0)) {
    if (stopping?.aborted) return
    found = await walk.takeChunk(deps)
    yield { checked: walk.seq, of: head?.seq ?? 0 }
  }
  found ??= walk.findMissingTail() ?? (await findOutsideChain(deps, stopping))
  if (stopping?.aborted) return
  const outcome = found ? 'broken' : 'intact'
  yield { outcome, checked: walk.seq, head, anchors: anchors.length, break: found ?? null }
}

class ChainWalk {
  readonly #anchors: Map<number, Anchor[]>
  #last: Seal = { seq: 0, hash: BEGINNING }

  constructor(anchors: readonly Anchor[]) {
    this.#anchors = Map.groupBy(anchors, ({ seq }) => seq)
  }

  get seq(): number {
    return this.#last.seq
  }

  async takeChunk({ chain, breathe }: VerifyChainDeps): Promise<ChainBreak | undefined> {
    const chunk = await chain.listPlaced(this.#last.seq, CHUNK)
    // The head was there when this began.
    if (chunk.length === 0) return sealMissing(this.#last.seq + 1)
    for (const [index, placed] of chunk.entries()) {
      const found = this.#take(placed)
      if (found) return found
      if (index % BREATH === BREATH - 1) await breathe()
    }
    return undefined
  }

  #take({ seq, hash, recordId, record }: PlacedRecord): ChainBreak | undefined {
    if (seq !== this.#last.seq + 1) return sealMissing(this.#last.seq + 1)
    if (!record) {
      return {
        kind: 'record_missing',
        seq,
        recordId,
        message: `Record ${recordId}, number ${seq} of the chain, is gone.`,
      }
    }
    const computed = sealHash(this.#last.hash, record)
    if (!computed.equals(hash)) {
      const message = `Record ${recordId}, number ${seq} of the chain, does not give the hash it was sealed with: it, its seal or the one before was changed, or their order.`
      return { kind: 'record_altered', seq, recordId, message }
    }
    const text = computed.toString('hex')
    if (this.#anchors.get(seq)?.some((anchor) => anchor.hash !== text)) {
      const message = `Number ${seq} of the chain had another hash when its anchor was written: the chain was made anew at or before it.`
      return { kind: 'anchor_differs', seq, recordId, message }
    }
    this.#last = { seq, hash: computed }
    return undefined
  }

  /** By an anchor beyond the end. */
  findMissingTail(): ChainBreak | undefined {
    const furthest = Math.max(0, ...this.#anchors.keys())
    if (furthest <= this.seq) return undefined
    const message = `The chain ends with number ${this.seq}, and an anchor knows number ${furthest}: the end was cut off.`
    return { kind: 'tail_missing', seq: this.seq + 1, recordId: null, message }
  }
}

/** Records that no seal speaks of: all of them must be waiting for theirs. */
async function findOutsideChain(
  { chain }: VerifyChainDeps,
  stopping: AbortSignal | undefined,
): Promise<ChainBreak | undefined> {
  for (let after = 0; !stopping?.aborted; ) {
    const { last, unplaced } = await chain.findUnplaced(after, CHUNK)
    if (unplaced !== null) {
      const message = `Record ${unplaced} has no seal and is not waiting for one: it was put in by hand, or its seal was cut off.`
      return { kind: 'record_unsealed', seq: null, recordId: unplaced, message }
    }
    if (last === null) break
    after = last
  }
  const recordId = await chain.findVanished()
  if (recordId === undefined) return undefined
  const message = `Record ${recordId} is gone; it was deleted before it was sealed.`
  return { kind: 'unsealed_missing', seq: null, recordId, message }
}

function sealMissing(seq: number): ChainBreak {
  return { kind: 'seal_missing', seq, recordId: null, message: `Number ${seq} of the chain is gone.` }
}
