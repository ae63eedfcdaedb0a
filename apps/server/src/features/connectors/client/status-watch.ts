import type { Standing } from './standing.ts'

export interface StatusWatchDeps {
  /** How these connectors stand now; those that are gone are absent. */
  findStandings(ids: readonly number[]): Promise<ReadonlyMap<number, Standing>>
  after(delayMs: number, act: () => void): Cancel
  /** Waiting goes on: what was to be read is read again. */
  onFailure(error: unknown): void
}

type Cancel = () => void

export interface Wait {
  readonly connector: number
  /** As the client knows it. */
  readonly standing: Standing
  readonly forMs: number
  /** Aborts when nobody waits for the answer any more, or the server drains. */
  readonly signal: AbortSignal
}

interface Waiter {
  readonly standing: Standing
  resolve(standing: Standing | undefined): void
}

/** What comes in within this time is read in one statement. */
const COLLECT_MS = 20
/** What a lost notice would have told is found after this long. */
const SWEEP_EVERY_MS = 10_000
const RETRY_MS = 1_000
/** So many are read in one statement. */
const CHUNK = 5_000

/**
 * The connectors whose clients wait to hear of a change, on this node. Notices only say where to look: who waits is told
 * what was read, so a notice too many does nothing and one too few only delays.
 */
export class StatusWatch implements Disposable {
  readonly #deps: StatusWatchDeps
  readonly #waiters = new Map<number, Set<Waiter>>()
  readonly #due = new Set<number>()
  #cancelRead: Cancel | undefined
  #cancelSweep: Cancel | undefined
  #isReading = false

  constructor(deps: StatusWatchDeps) {
    this.#deps = deps
  }

  /** How many clients wait. */
  get size(): number {
    let size = 0
    for (const waiters of this.#waiters.values()) size += waiters.size
    return size
  }

  /** Resolves with the first other standing, or undefined when the connector is gone; as it was when the time is up. */
  next({ connector, standing, forMs, signal }: Wait): Promise<Standing | undefined> {
    if (signal.aborted) return Promise.resolve(standing)
    return new Promise((resolve) => {
      const end = (found: Standing | undefined) => {
        cancel()
        signal.removeEventListener('abort', giveUp)
        this.#remove(connector, waiter)
        resolve(found)
      }
      const giveUp = () => end(standing)
      const waiter: Waiter = { standing, resolve: end }
      const cancel = this.#deps.after(forMs, giveUp)
      signal.addEventListener('abort', giveUp)
      this.#add(connector, waiter)
    })
  }

  /** Looks at a connector soon, if somebody waits for it. */
  notice(connector: number): void {
    if (this.#waiters.has(connector)) this.#look(connector)
  }

  /** Looks at all that somebody waits for: after notices may have been lost. */
  noticeAll(): void {
    for (const connector of this.#waiters.keys()) this.#look(connector)
  }

  [Symbol.dispose](): void {
    this.#cancelRead?.()
    this.#cancelSweep?.()
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter.resolve(waiter.standing)
  }

  #add(connector: number, waiter: Waiter): void {
    const waiters = this.#waiters.get(connector)
    if (waiters) waiters.add(waiter)
    else this.#waiters.set(connector, new Set([waiter]))
    // It may have changed between the reading of what the client knows and now.
    this.#look(connector)
    this.#cancelSweep ??= this.#deps.after(SWEEP_EVERY_MS, () => this.#sweep())
  }

  #remove(connector: number, waiter: Waiter): void {
    const waiters = this.#waiters.get(connector)
    waiters?.delete(waiter)
    if (waiters?.size === 0) this.#waiters.delete(connector)
  }

  #sweep(): void {
    this.#cancelSweep = undefined
    if (this.#waiters.size === 0) return
    this.noticeAll()
    this.#cancelSweep = this.#deps.after(SWEEP_EVERY_MS, () => this.#sweep())
  }

  #look(connector: number): void {
    this.#due.add(connector)
    this.#readAfter(COLLECT_MS)
  }

  #readAfter(delayMs: number): void {
    if (this.#isReading) return
    this.#cancelRead ??= this.#deps.after(delayMs, () => void this.#read())
  }

  async #read(): Promise<void> {
    this.#cancelRead = undefined
    this.#isReading = true
    const ids = [...this.#due].slice(0, CHUNK)
    for (const id of ids) this.#due.delete(id)
    let pauseMs = COLLECT_MS
    try {
      this.#tell(ids, await this.#deps.findStandings(ids))
    } catch (error) {
      for (const id of ids) this.#due.add(id)
      pauseMs = RETRY_MS
      this.#deps.onFailure(error)
    }
    this.#isReading = false
    if (this.#due.size > 0) this.#readAfter(pauseMs)
  }

  #tell(ids: readonly number[], standings: ReadonlyMap<number, Standing>): void {
    for (const id of ids) {
      const found = standings.get(id)
      for (const waiter of this.#waiters.get(id) ?? []) {
        if (!isSame(waiter.standing, found)) waiter.resolve(found)
      }
    }
  }
}

function isSame(known: Standing, found: Standing | undefined): boolean {
  return known.state === found?.state && known.isOpen === found.isOpen
}
