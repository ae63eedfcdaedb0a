import type { AppError } from '../../kernel/errors.ts'
import type { Revisions } from '../../kernel/model-state.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Change } from '../../kernel/proposal.ts'

/** What is written down of every proposal, queued or not. */
export interface TaskEntry {
  readonly taskId: string
  readonly type: string
  readonly entityId: string | null
  readonly caller: Principal
  readonly requestId: string
  readonly submittedAt: Date
}

/** A proposal that waits for its turn, as it was stored. */
export interface QueuedTask extends TaskEntry {
  readonly input: unknown
}

export interface AcceptedEntry extends TaskEntry, Pick<Change<never>, 'object' | 'touches' | 'warnings'> {
  readonly queued: boolean
  readonly revision: number
  readonly atOnce: boolean
}

export interface RefusedEntry extends TaskEntry {
  readonly error: AppError
}

/** One transaction's hold on an organisation's model: nobody else changes it meanwhile, on any node. */
export interface Turn<Reads, Writes> {
  readonly revisions: Revisions
  /** True when proposals were queued before this turn and not yet looked at. */
  readonly somethingWaits: boolean
  readonly reads: Reads
  writesAt(revision: number): Writes
  /** The oldest waiting tasks in the order of their submission, at most `limit`. */
  listWaiting(limit: number): Promise<readonly QueuedTask[]>
  /**
   * False when somebody has been disabled since they submitted a task, or has lost access to the organisation. Asked when the
   * task's turn comes: a task right before it may have disabled them.
   */
  mayStillAct(caller: Principal): Promise<boolean>
  enqueue(entry: TaskEntry, input: unknown): Promise<void>
  /** Writes tasks, audit records, touched repositories and the new head in a few statements, however many entries. */
  settle(accepted: readonly AcceptedEntry[], refused: readonly RefusedEntry[], at: Date): Promise<void>
}

/** Gives turns at an organisation's model, one at a time over all nodes: its row in the database is the lock. */
export interface AgreedOrder<Reads, Writes> {
  inTurn<T>(organisation: number, work: (turn: Turn<Reads, Writes>) => Promise<T>): Promise<T>
}
