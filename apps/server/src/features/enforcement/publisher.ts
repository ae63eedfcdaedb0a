/** How many organisations are published at once: each holds two connections meanwhile. */
const PARALLEL = 2
/** Rounds shorter than this are no burden to anybody. */
const LONG_ROUND_MS = 50
const LONGEST_REST_MS = 1000

export interface PublisherDeps {
  publish(organisation: number): Promise<void>
  /** Told when a round failed; what it left is found again by the sweep. */
  onFailure(organisation: number, error: unknown): void
  /** Milliseconds on a clock that only goes forward. */
  readonly monotonicMs: () => number
  rest(forMs: number): Promise<void>
}

/**
 * Publishes organisations as they are asked for: one round each at a time, and asking during a round means another. After a
 * long round an organisation rests for as long as the round took, so that a stream of changes to large files shares
 * rounds and leaves the server half of its time; a change after a quiet moment is published at once.
 */
export class Publisher {
  readonly #deps: PublisherDeps
  readonly #wanted = new Set<number>()
  readonly #publishing = new Set<number>()
  readonly #busy = new Map<number, Promise<void>>()

  constructor(deps: PublisherDeps) {
    this.#deps = deps
  }

  /** Never waits, never throws. */
  request(organisation: number): void {
    this.#wanted.add(organisation)
    this.#startMore()
  }

  /** Resolves when nothing is wanted and nothing is under way. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy.values())
  }

  #startMore(): void {
    for (const organisation of this.#wanted) {
      if (this.#publishing.size >= PARALLEL) return
      if (this.#busy.has(organisation)) continue
      this.#wanted.delete(organisation)
      this.#publishing.add(organisation)
      this.#busy.set(organisation, this.#round(organisation))
    }
  }

  async #round(organisation: number): Promise<void> {
    const begun = this.#deps.monotonicMs()
    try {
      await this.#deps.publish(organisation)
    } catch (error) {
      this.#deps.onFailure(organisation, error)
    }
    this.#publishing.delete(organisation)
    this.#startMore()
    const tookMs = this.#deps.monotonicMs() - begun
    if (tookMs > LONG_ROUND_MS) await this.#deps.rest(Math.min(tookMs, LONGEST_REST_MS))
    this.#busy.delete(organisation)
    this.#startMore()
  }
}
