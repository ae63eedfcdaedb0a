export interface TurnLimits {
  readonly running: number
  readonly waiting: number
}

/** Has costly work done so much at a time, in the order it came. */
export class Turns {
  #running = 0
  readonly #waiting: (() => void)[] = []
  readonly #limits: TurnLimits
  readonly #busy: () => Error

  /** @param busy what is thrown when too many wait already */
  constructor(limits: TurnLimits, busy: () => Error) {
    this.#limits = limits
    this.#busy = busy
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#limits.running) {
      if (this.#waiting.length >= this.#limits.waiting) throw this.#busy()
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else {
      this.#running++
    }
    try {
      return await work()
    } finally {
      // The turn passes straight to the next in line; only when nobody waits does it end.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}
