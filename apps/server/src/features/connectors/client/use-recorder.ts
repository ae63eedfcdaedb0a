import type { Clock } from '../../../kernel/clock.ts'

export interface UseRecorderDeps {
  readonly clock: Clock
  /** Writes the time of the last use of many connectors in one statement. */
  saveUses(uses: ReadonlyMap<number, Date>, unlessWithinMs: number): Promise<void>
  after(delayMs: number, act: () => void): () => void
  /** What could not be written is lost: the next use counts as well. */
  onFailure(error: unknown): void
}

/** For each connector at most once in this time. */
const WRITTEN_EVERY_MS = 60_000
/** Uses by whomever within this time are written together. */
const COLLECT_MS = 5_000
/** So many are written in one statement. */
const CHUNK = 5_000

/** Writes when connectors were last used: seldom, and many at once. */
export class UseRecorder implements AsyncDisposable {
  readonly #deps: UseRecorderDeps
  #uses = new Map<number, Date>()
  #cancel: (() => void) | undefined

  constructor(deps: UseRecorderDeps) {
    this.#deps = deps
  }

  /** Notes a use now, unless the last one that was written is recent. */
  note({ id, lastUsedAt }: { readonly id: number; readonly lastUsedAt: Date | undefined }): void {
    const now = this.#deps.clock.now()
    if (lastUsedAt && now.getTime() - lastUsedAt.getTime() < WRITTEN_EVERY_MS) return
    this.#uses.set(id, now)
    this.#cancel ??= this.#deps.after(COLLECT_MS, () => void this.flush())
  }

  /** Writes what is noted. */
  async flush(): Promise<void> {
    this.#cancel?.()
    this.#cancel = undefined
    const uses = [...this.#uses]
    this.#uses = new Map()
    try {
      for (let start = 0; start < uses.length; start += CHUNK) {
        await this.#deps.saveUses(new Map(uses.slice(start, start + CHUNK)), WRITTEN_EVERY_MS)
      }
    } catch (error) {
      this.#deps.onFailure(error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.flush()
  }
}
