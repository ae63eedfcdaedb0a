import type { ChainReader } from './seal-store.ts'

/** What the head of the chain was at a time, told to somewhere that whoever changes the database cannot reach. */
export interface Anchor {
  readonly seq: number
  /** In hexadecimal. */
  readonly hash: string
}

/** Takes a line for good. */
export type AnchorSink = (line: string) => Promise<void>

export interface AnchorDeps {
  readonly chain: Pick<ChainReader, 'findHead'>
  readonly sink: AnchorSink
  now(): Date
}

/**
 * Writes down the head of the chain, unless it is where it was when this last did: `<seq> <hash> <time> <count>`, where the
 * count is of the records since the line before. The first line of a process counts from the beginning of the chain.
 */
export class AnchorWriter {
  readonly #deps: AnchorDeps
  #lastSeq = 0

  constructor(deps: AnchorDeps) {
    this.#deps = deps
  }

  async write(): Promise<void> {
    const head = await this.#deps.chain.findHead()
    if (!head || head.seq === this.#lastSeq) return
    const hash = Buffer.from(head.hash).toString('hex')
    await this.#deps.sink(`${head.seq} ${hash} ${this.#deps.now().toISOString()} ${head.seq - this.#lastSeq}`)
    this.#lastSeq = head.seq
  }
}
