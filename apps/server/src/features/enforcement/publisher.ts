/** How many organisations are published at once: each holds two connections meanwhile. */
const PARALLEL = 2

export interface PublisherDeps {
  publish(organisation: number): Promise<void>
  /** Told when a round failed; what it left is found again by the sweep. */
  onFailure(organisation: number, error: unknown): void
}

/** Publishes organisations as they are asked for: one round each at a time, and asking during a round means another. */
export class Publisher {
  readonly #deps: PublisherDeps
  readonly #wanted = new Set<number>()
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
      if (this.#busy.size >= PARALLEL) return
      if (this.#busy.has(organisation)) continue
      this.#wanted.delete(organisation)
      this.#busy.set(organisation, this.#round(organisation))
    }
  }

  async #round(organisation: number): Promise<void> {
    try {
      await this.#deps.publish(organisation)
    } catch (error) {
      this.#deps.onFailure(organisation, error)
    }
    this.#busy.delete(organisation)
    this.#startMore()
  }
}
