import type { ModelPosition } from '../../../kernel/model-state.ts'
import { CompiledModel } from '../compiled/compiled-model.ts'
import { freshnessErrors } from './freshness-errors.ts'
import { type ModelSource, type ReadAt, revisionOf, type StateName } from './model-source.ts'

export interface DecisionModelsDeps {
  readonly source: ModelSource
  /** Users, memberships, rules and permissions of all models together; the one asked last stays, however large. */
  readonly mostParts: number
  readonly monotonicMs: () => number
  /** Lets requests that wait be served. */
  breathe(): Promise<void>
  pause(forMs: number): Promise<void>
  onFailure(organisation: number, error: unknown): void
  /** Told of each reading that a model was brought up by. */
  onRead(reading: ModelReading): void
}

export interface ModelReading {
  /** By what changed alone, or all of it. */
  readonly by: 'changes' | 'facts'
  readonly durationMs: number
}

/** How much is kept of a state, over all organisations. */
export interface ModelsKept {
  readonly state: StateName
  readonly models: number
  /** Users, memberships, rules and permissions. */
  readonly parts: number
}

/** Which model to ask. */
export interface ModelWanted {
  readonly organisation: number
  readonly state: StateName
  /** Where it stood when the caller was recognised: no answer is older. */
  readonly position: ModelPosition
  readonly wait?: RevisionWait
}

/** A revision that the model has to be at, which is waited for within bounds. */
export interface RevisionWait {
  readonly atLeastRevision: number
  /** Ends the wait. */
  readonly signal: AbortSignal
}

/** A model as it is now. It changes in place: ask it before anything else is waited for. */
export interface ModelNow {
  readonly model: CompiledModel
  readonly revision: number
  readonly organisationEnabled: boolean
}

interface Kept {
  readonly organisation: number
  readonly state: StateName
  current: { readonly model: CompiledModel; readonly at: ReadAt } | undefined
  /** The reading under way. */
  reading: Promise<void> | undefined
  /** The reading after the next pause, for all who wait for a revision. */
  nextReading: Promise<void> | undefined
  usedAt: number
}

/**
 * A revision is waited for so long, and looked for so often. Publishing takes far less; whoever has to wait for more, such as
 * somebody to apply what waits, asks again: a request that stays open for longer is one that proxies end.
 */
const LONGEST_WAIT_MS = 5000
const LOOKED_FOR_EVERY_MS = 50
/** A pending model is asked now and then, by few. */
const PENDING_KEPT_MS = 5 * 60_000
/** What a model takes before it has any part, in parts: many small organisations are a lot of memory, too. */
const PARTS_OF_NOTHING = 60

/** The compiled models of the organisations that were asked about, each as new as whoever asks it has to find it. */
export class DecisionModels {
  readonly #deps: DecisionModelsDeps
  readonly #kept = new Map<string, Kept>()

  constructor(deps: DecisionModelsDeps) {
    this.#deps = deps
  }

  /** Throws `access_model.not_reached` when the wait for a revision ends. */
  async get(wanted: ModelWanted): Promise<ModelNow> {
    const kept = this.#keep(wanted)
    // A reading that is under way may have begun before the position was known; the one after it has not.
    for (let n = 0; n < 2 && !isAtLeast(kept.current?.at, wanted.position); n += 1) await this.#read(kept)
    if (wanted.wait) await this.#reach(kept, wanted.wait)
    if (!kept.current) throw new Error('A model that was read is gone.')
    const { model, at } = kept.current
    return { model, revision: revisionOf(at, kept.state), organisationEnabled: at.organisationEnabled }
  }

  /** Something of an organisation has changed: whoever asks next need not wait for it. */
  notice(organisation: number): void {
    for (const kept of this.#kept.values()) {
      if (kept.organisation === organisation) this.#readAhead(kept)
    }
  }

  /** Looks after all models: what was changed without a notice is read, and what nobody asks for is dropped. */
  async look(): Promise<void> {
    this.#dropUnused()
    const organisations = [...new Set(Array.from(this.#kept.values(), ({ organisation }) => organisation))]
    if (organisations.length === 0) return
    const positions = await this.#deps.source.readPositions(organisations)
    for (const kept of this.#kept.values()) {
      const position = positions.get(kept.organisation)
      // Any difference: a database that was put back stands behind what was read of it.
      if (position && kept.current && !isAt(kept.current.at, position)) this.#readAhead(kept)
    }
  }

  /** What is kept now, by state. */
  count(): readonly ModelsKept[] {
    return (['enforced', 'pending'] as const).map((state) => {
      const all = [...this.#kept.values()].filter((kept) => kept.state === state)
      const models = all.flatMap(({ current }) => current ?? [])
      return { state, models: models.length, parts: models.reduce((sum, { model }) => sum + partsOf(model), 0) }
    })
  }

  #keep({ organisation, state }: ModelWanted): Kept {
    const key = `${organisation} ${state}`
    const kept = this.#kept.get(key) ?? {
      organisation,
      state,
      current: undefined,
      reading: undefined,
      nextReading: undefined,
      usedAt: 0,
    }
    kept.usedAt = this.#deps.monotonicMs()
    // Last in the map is last used.
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    return kept
  }

  #readAhead(kept: Kept): void {
    this.#read(kept).catch((error) => this.#deps.onFailure(kept.organisation, error))
  }

  #read(kept: Kept): Promise<void> {
    kept.reading ??= this.#readNow(kept).finally(() => {
      kept.reading = undefined
    })
    return kept.reading
  }

  async #readNow(kept: Kept): Promise<void> {
    const { monotonicMs, onRead } = this.#deps
    const startedAt = monotonicMs()
    const by = (await this.#readChanges(kept)) ? 'changes' : 'facts'
    if (by === 'facts') await this.#readFacts(kept)
    onRead({ by, durationMs: monotonicMs() - startedAt })
  }

  /** False where what changed is not known, and all has to be read. */
  async #readChanges(kept: Kept): Promise<boolean> {
    const { organisation, state, current } = kept
    const changed = current && (await this.#deps.source.readChanges(organisation, state, current.at))
    if (!changed) return false
    // Should changes not fit, the model may have taken half of them: whoever asks next gets one that is read from nothing.
    kept.current = undefined
    current.model.apply(changed.changes)
    kept.current = { model: current.model, at: changed.at }
    return true
  }

  async #readFacts(kept: Kept): Promise<void> {
    const { source, breathe } = this.#deps
    const { at, facts } = await source.readFacts(kept.organisation, kept.state)
    kept.current = { model: await CompiledModel.compileGradually(facts, breathe), at }
    this.#dropLargest()
  }

  async #reach(kept: Kept, { atLeastRevision, signal }: RevisionWait): Promise<void> {
    const { monotonicMs, pause } = this.#deps
    const until = monotonicMs() + LONGEST_WAIT_MS
    const given = givenUp(signal)
    for (;;) {
      const reached = kept.current ? revisionOf(kept.current.at, kept.state) : 0
      if (reached >= atLeastRevision) return
      if (signal.aborted || monotonicMs() >= until) throw freshnessErrors.not_reached(atLeastRevision, reached)
      kept.nextReading ??= pause(LOOKED_FOR_EVERY_MS)
        .then(() => this.#read(kept))
        .finally(() => {
          kept.nextReading = undefined
        })
      await Promise.race([kept.nextReading, given])
    }
  }

  #dropUnused(): void {
    const before = this.#deps.monotonicMs() - PENDING_KEPT_MS
    for (const [key, { state, usedAt, reading }] of this.#kept) {
      if (state === 'pending' && usedAt < before && !reading) this.#kept.delete(key)
    }
  }

  /** Those asked longest ago go first, until the others fit. */
  #dropLargest(): void {
    const newestFirst = [...this.#kept].reverse()
    let parts = 0
    for (const [n, [key, { current, reading }]] of newestFirst.entries()) {
      if (!current) continue
      parts += PARTS_OF_NOTHING + partsOf(current.model)
      if (n > 0 && parts > this.#deps.mostParts && !reading) this.#kept.delete(key)
    }
  }
}

function partsOf({ size }: CompiledModel): number {
  return size.users + size.memberships + size.rules + size.permissions
}

/** Resolves when whoever waits does so no longer. */
function givenUp(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function isAt(at: ReadAt, { head, enforced, lineage }: ModelPosition): boolean {
  return at.lineage === lineage && at.head === head && at.enforced === enforced
}

function isAtLeast(at: ReadAt | undefined, { head, enforced, lineage }: ModelPosition): boolean {
  return at !== undefined && at.lineage === lineage && at.head >= head && at.enforced >= enforced
}
