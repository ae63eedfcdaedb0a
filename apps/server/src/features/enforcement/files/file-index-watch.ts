import { type FileIndex, type FileIndexStore, toFileIndex } from './file-index.ts'

type Cancel = () => void

export interface FileIndexWatchDeps {
  readonly store: FileIndexStore
  after(delayMs: number, act: () => void): Cancel
  /** Waiting goes on: what was to be read is read again. */
  onFailure(error: unknown): void
}

export interface FileIndexWait {
  readonly organisation: number
  /** As the caller knows it. */
  readonly index: FileIndex
  readonly forMs: number
  /** Aborts when nobody waits for the answer any more, or the server drains. */
  readonly signal: AbortSignal
}

interface Waiter {
  readonly index: FileIndex
  end(index: FileIndex): void
}

/** What is published in bursts is read once. */
const COLLECT_MS = 20
/** What a lost notice would have told is found after this long. */
const SWEEP_EVERY_MS = 10_000
const RETRY_MS = 1_000

/**
 * The hosts that wait on this node for an organisation's files to change. One reading serves all who wait, however many;
 * notices only say where to look, so one too many does nothing and one too few only delays.
 */
export class FileIndexWatch implements Disposable {
  readonly #deps: FileIndexWatchDeps
  readonly #waiters = new Map<number, Set<Waiter>>()
  readonly #due = new Set<number>()
  #cancelRead: Cancel | undefined
  #cancelSweep: Cancel | undefined
  #isReading = false

  constructor(deps: FileIndexWatchDeps) {
    this.#deps = deps
  }

  /** Resolves with the first other index, or with the one that is known when the time is up. */
  next({ organisation, index, forMs, signal }: FileIndexWait): Promise<FileIndex> {
    if (signal.aborted) return Promise.resolve(index)
    return new Promise((resolve) => {
      const giveUp = () => waiter.end(index)
      const waiter: Waiter = {
        index,
        end: (found) => {
          cancel()
          signal.removeEventListener('abort', giveUp)
          this.#remove(organisation, waiter)
          resolve(found)
        },
      }
      const cancel = this.#deps.after(forMs, giveUp)
      signal.addEventListener('abort', giveUp)
      this.#add(organisation, waiter)
    })
  }

  /** Looks at an organisation's files soon, if somebody waits for them. */
  notice(organisation: number): void {
    if (this.#waiters.has(organisation)) this.#look(organisation)
  }

  /** Looks at all that somebody waits for: after notices may have been lost. */
  noticeAll(): void {
    for (const organisation of this.#waiters.keys()) this.#look(organisation)
  }

  [Symbol.dispose](): void {
    this.#cancelRead?.()
    this.#cancelSweep?.()
    for (const waiters of this.#waiters.values()) for (const waiter of [...waiters]) waiter.end(waiter.index)
  }

  #add(organisation: number, waiter: Waiter): void {
    const waiters = this.#waiters.get(organisation)
    if (waiters) waiters.add(waiter)
    else this.#waiters.set(organisation, new Set([waiter]))
    // It may have changed between the reading of what the caller knows and now.
    this.#look(organisation)
    this.#cancelSweep ??= this.#deps.after(SWEEP_EVERY_MS, () => this.#sweep())
  }

  #remove(organisation: number, waiter: Waiter): void {
    const waiters = this.#waiters.get(organisation)
    waiters?.delete(waiter)
    if (waiters?.size === 0) this.#waiters.delete(organisation)
  }

  #sweep(): void {
    this.#cancelSweep = undefined
    if (this.#waiters.size === 0) return
    this.noticeAll()
    this.#cancelSweep = this.#deps.after(SWEEP_EVERY_MS, () => this.#sweep())
  }

  #look(organisation: number): void {
    this.#due.add(organisation)
    this.#readAfter(COLLECT_MS)
  }

  #readAfter(delayMs: number): void {
    if (this.#isReading) return
    this.#cancelRead ??= this.#deps.after(delayMs, () => void this.#read())
  }

  async #read(): Promise<void> {
    this.#cancelRead = undefined
    this.#isReading = true
    const organisations = [...this.#due]
    this.#due.clear()
    let pauseMs = COLLECT_MS
    try {
      const indexes = await this.#deps.store.readFileIndexes(organisations)
      // Absent is one whose last file is gone: nobody may have access by it a moment longer.
      for (const organisation of organisations) this.#tell(organisation, indexes.get(organisation) ?? toFileIndex([]))
    } catch (error) {
      for (const organisation of organisations) this.#due.add(organisation)
      pauseMs = RETRY_MS
      this.#deps.onFailure(error)
    }
    this.#isReading = false
    if (this.#due.size > 0) this.#readAfter(pauseMs)
  }

  #tell(organisation: number, found: FileIndex): void {
    for (const waiter of [...(this.#waiters.get(organisation) ?? [])]) {
      if (waiter.index.tag !== found.tag) waiter.end(found)
    }
  }
}
