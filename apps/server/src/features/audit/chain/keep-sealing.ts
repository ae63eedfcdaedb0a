export interface KeepSealingDeps {
  seal(stopping: AbortSignal): Promise<unknown>
  /** Absent where no anchors are written. */
  readonly anchor?: { write(): Promise<void>; readonly everyMs: number } | undefined
  monotonicMs(): number
  /** Resolves after `forMs`, or when `stopping` aborts. */
  rest(forMs: number, stopping: AbortSignal): Promise<void>
  onFailure(what: 'seal' | 'anchor', error: unknown): void
}

const SEAL_EVERY_MS = 1000
/** After an anchor that could not be written. */
const RETRY_ANCHOR_MS = 60_000

/**
 * Seals what was committed about every second, and writes an anchor at first and then now and then, until `stopping` aborts.
 * What fails is tried again: nothing is lost but time.
 */
export async function keepSealing(deps: KeepSealingDeps, stopping: AbortSignal): Promise<void> {
  let anchorAt = Number.NEGATIVE_INFINITY
  let isFailing = false
  while (!stopping.aborted) {
    try {
      await deps.seal(stopping)
      isFailing = false
    } catch (error) {
      // Once: a database that is away for an hour is one event.
      if (!isFailing) deps.onFailure('seal', error)
      isFailing = true
    }
    if (deps.anchor && !isFailing && deps.monotonicMs() >= anchorAt) {
      anchorAt = deps.monotonicMs() + (await writeAnchor(deps, deps.anchor))
    }
    await deps.rest(SEAL_EVERY_MS, stopping)
  }
}

/** Answers when to write the next. */
async function writeAnchor(deps: KeepSealingDeps, anchor: NonNullable<KeepSealingDeps['anchor']>): Promise<number> {
  try {
    await anchor.write()
    return anchor.everyMs
  } catch (error) {
    deps.onFailure('anchor', error)
    return RETRY_ANCHOR_MS
  }
}
