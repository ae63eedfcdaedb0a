import type { ChainReader, Seal } from './seal-store.ts'

/** What the head of the chain was at a time, told to somewhere that whoever changes the database cannot reach. */
export interface Anchor {
  readonly seq: number
  /** In hexadecimal. */
  readonly hash: string
}

/** Takes a line for good. */
export type AnchorSink = (line: string) => Promise<void>

export interface AnchorDeps {
  readonly chain: Pick<ChainReader, 'findHead' | 'listPlaced'>
  readonly sink: AnchorSink
  now(): Date
}

/**
 * Writes down the head of the chain, unless it is where it was when this last did: `<seq> <hash> <time> <count>`, where the
 * count is of the records since the line before. The first line of a process counts from the beginning of the chain. Writes
 * none, and rejects, once the chain no longer has what this wrote before: an anchor would vouch for what was forged.
 */
export class AnchorWriter {
  readonly #deps: AnchorDeps
  #last: Seal | undefined

  constructor(deps: AnchorDeps) {
    this.#deps = deps
  }

  async write(): Promise<void> {
    await this.#assertLastStands()
    const head = await this.#deps.chain.findHead()
    const lastSeq = this.#last?.seq ?? 0
    if (!head || head.seq === lastSeq) return
    const hash = Buffer.from(head.hash).toString('hex')
    await this.#deps.sink(`${head.seq} ${hash} ${this.#deps.now().toISOString()} ${head.seq - lastSeq}`)
    this.#last = head
  }

  async #assertLastStands(): Promise<void> {
    if (!this.#last) return
    const { seq, hash } = this.#last
    const [placed] = await this.#deps.chain.listPlaced(seq - 1, 1)
    if (placed?.seq === seq && Buffer.compare(placed.hash, hash) === 0) return
    throw new Error(`Number ${seq} of the audit's chain is not what its anchor says: it was cut off or made anew.`)
  }
}
