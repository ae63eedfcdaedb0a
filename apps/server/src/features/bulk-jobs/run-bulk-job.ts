import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { type BulkJob, bulkJobErrors } from './bulk-job.ts'
import type { BulkJobStore } from './bulk-job-store.ts'
import type { BulkChunk, BulkKind, Treated } from './bulk-kind.ts'

export interface RunStores {
  readonly jobs: Pick<
    BulkJobStore,
    'find' | 'hold' | 'findRights' | 'addResults' | 'saveProgress' | 'finish' | 'listFailed'
  >
  /** Has the job run soon, on whichever node. */
  enqueue(job: string): Promise<void>
}

export interface RunBulkJobDeps<Stores extends RunStores> {
  readonly clock: Clock
  /** By their names. */
  readonly kinds: ReadonlyMap<string, BulkKind<Stores, unknown>>
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
  /** Told of what nobody foresaw; it is in the job's results or its error as well. */
  onFailure(job: string, error: unknown): void
}

/** Others wait for the same workers: after this long the job goes to the back of their queue. */
const TURN_MS = 10_000
/** By how much chunks shrink when one fails, and grow again when one does not. */
const STEP = 8

/**
 * Does a job chunk by chunk until it ends, or somebody else does it; when `stopping` aborts, or its turn is over, it is
 * in the queue again. Each chunk is committed with its results and the progress, so whoever comes next, also after a
 * crash, goes on right behind it. A chunk that fails for no known reason is tried again in smaller ones, down to the
 * item to blame, which is reported and passed over.
 */
export async function runBulkJob<Stores extends RunStores>(
  deps: RunBulkJobDeps<Stores>,
  id: string,
  stopping: AbortSignal,
): Promise<void> {
  const kind = await findKind(deps, id)
  if (!kind) return
  const until = deps.clock.now().getTime() + TURN_MS
  let pace: Pace | undefined = { limit: kind.chunk, passesOver: false }
  while (!stopping.aborted && deps.clock.now().getTime() < until) {
    pace = await step(deps, kind, { id, pace })
    if (!pace) return
  }
  await deps.inTransaction(({ enqueue }) => enqueue(id))
}

interface Pace {
  /** How many items the next chunk has at most. */
  readonly limit: number
  /** True when the next item is the one to blame. */
  readonly passesOver: boolean
}

/** The pace of the next step; undefined when there is none. */
async function step<Stores extends RunStores>(
  deps: RunBulkJobDeps<Stores>,
  kind: BulkKind<Stores, unknown>,
  { id, pace: { limit, passesOver } }: { readonly id: string; readonly pace: Pace },
): Promise<Pace | undefined> {
  const treat: Treat<Stores> = passesOver ? passOver : (stores, chunk) => kind.treat(stores, chunk)
  try {
    const isOver = await deps.inTransaction((stores) => doChunk(deps, stores, { id, kind, limit, treat }))
    return isOver ? undefined : { limit: Math.min(limit * STEP, kind.chunk), passesOver: false }
  } catch (error) {
    if (error instanceof AppError) return await endWith(deps, id, error)
    if (limit === 1) deps.onFailure(id, error)
    if (passesOver) return await endWith(deps, id, bulkJobErrors.internal())
    return { limit: Math.max(1, Math.floor(limit / STEP)), passesOver: limit === 1 }
  }
}

async function findKind<Stores extends RunStores>(
  deps: RunBulkJobDeps<Stores>,
  id: string,
): Promise<BulkKind<Stores, unknown> | undefined> {
  const job = await deps.inTransaction(({ jobs }) => jobs.find(id))
  const kind = job && deps.kinds.get(job.kind)
  if (job && !kind) await endWith(deps, id, bulkJobErrors.unknown_kind(job.kind))
  return kind
}

type Treat<Stores> = (stores: Stores, chunk: BulkChunk<unknown>) => Promise<Treated>

interface ChunkInput<Stores> {
  readonly id: string
  readonly kind: BulkKind<Stores, unknown>
  readonly limit: number
  readonly treat: Treat<Stores>
}

/** True when there is nothing left to do for this runner. */
async function doChunk<Stores extends RunStores>(
  { clock }: RunBulkJobDeps<Stores>,
  stores: Stores,
  { id, kind, limit, treat }: ChunkInput<Stores>,
): Promise<boolean> {
  const { jobs } = stores
  const held = await jobs.hold(id)
  if (!held) return true
  const { job, rights } = await asOrdererNow(jobs, kind, held)
  const at = clock.now()
  const slice = { after: job.cursor, limit }
  const items = job.retryOf ? await jobs.listFailed(job.retryOf, slice) : await kind.listItems(stores, job, slice)
  const last = items.at(-1)
  if (last !== undefined) {
    const { changed, results } = await treat(stores, { job, items, at, rights })
    const failed = results.filter(({ outcome }) => outcome === 'failed').length
    await jobs.addResults(id, results)
    await jobs.saveProgress(id, { at, cursor: last, done: items.length, changed, failed })
  }
  const isEnd = items.length < limit
  if (isEnd) await jobs.finish(id, { at })
  return isEnd
}

/** The job with what its orderer is by now: an admin who is stopped does not go on by what they ordered before. */
async function asOrdererNow(
  jobs: Pick<BulkJobStore, 'findRights'>,
  kind: Pick<BulkKind<never, unknown>, 'assertMayGoOn'>,
  job: BulkJob,
): Promise<Pick<BulkChunk<unknown>, 'job' | 'rights'>> {
  const { userId, username } = job.caller
  const rights = await jobs.findRights(userId)
  if (!rights) throw bulkJobErrors.orderer_gone(username)
  kind.assertMayGoOn(rights)
  return { job: { ...job, caller: { ...job.caller, role: rights.role } }, rights }
}

async function passOver(_stores: unknown, { items }: BulkChunk<unknown>): Promise<Treated> {
  const { code, message } = bulkJobErrors.internal()
  return { changed: 0, results: items.map((id) => ({ id, outcome: 'failed', error: { code, message } })) }
}

/** What goes away by itself is left to the queue, which tries again later. */
async function endWith<Stores extends RunStores>(
  { clock, inTransaction }: RunBulkJobDeps<Stores>,
  id: string,
  error: AppError,
): Promise<undefined> {
  if (error.kind === 'unavailable') throw error
  const { code, message } = error
  await inTransaction(({ jobs }) => jobs.finish(id, { at: clock.now(), error: { code, message } }))
  return undefined
}
