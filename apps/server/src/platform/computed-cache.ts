import { LRUCache } from 'lru-cache'

interface ComputedCacheOptions<T> {
  /** The most that all remembered values may weigh together; a value that weighs more than that alone is not kept. */
  readonly maxWeight: number
  /** A positive integer. */
  weightOf(value: T): number
}

/** Remembers what takes long to compute, under names that tell all it depends on, and computes nothing twice at once. */
export class ComputedCache<T extends object> {
  readonly #known: LRUCache<string, T>
  readonly #underway = new Map<string, Promise<T>>()

  constructor({ maxWeight, weightOf }: ComputedCacheOptions<T>) {
    this.#known = new LRUCache({ maxSize: maxWeight, sizeCalculation: weightOf })
  }

  /** What `compute` answers for the key. A failure is told to all who wait for it, and not remembered. */
  async get(key: string, compute: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const underway = this.#underway.get(key) ?? this.#start(key, compute)
    return await underway
  }

  #start(key: string, compute: () => Promise<T>): Promise<T> {
    const started = compute()
      .then((value) => {
        this.#known.set(key, value)
        return value
      })
      .finally(() => this.#underway.delete(key))
    this.#underway.set(key, started)
    return started
  }
}
