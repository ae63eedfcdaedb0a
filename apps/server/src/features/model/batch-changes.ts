import type { AcceptedEntry } from './agreed-order.ts'

/** Where an organisation's model stands before a group of changes. */
export interface BatchPosition {
  readonly head: number
  /** The revision that files are to be generated from. */
  readonly target: number
  /** True where changes wait for somebody to apply them, or for the schedule. */
  readonly batched: boolean
}

/** What a group of changes means for the files. */
export interface BatchedChanges {
  /** The new revision to generate files from. */
  readonly target: number
  /** Repositories whose files are to be generated now. */
  readonly due: readonly string[]
  /** Those to be generated when the revision is applied. */
  readonly later: readonly { readonly revision: number; readonly repository: string }[]
}

/**
 * Tells what is enforced now from what waits. Safety acts never wait; the target passes over them as long as nothing that
 * waits came before, since they change nothing that has versions.
 */
export function batchChanges(position: BatchPosition, accepted: readonly AcceptedEntry[]): BatchedChanges {
  const waits = ({ atOnce }: AcceptedEntry) => position.batched && !atOnce
  const waiting = accepted.filter(waits)
  return {
    target: targetAfter(position, accepted, waiting[0]),
    due: accepted.flatMap((entry) => (waits(entry) ? [] : entry.touches)),
    later: waiting.flatMap(({ revision, touches }) => touches.map((repository) => ({ revision, repository }))),
  }
}

function targetAfter(
  { head, target, batched }: BatchPosition,
  accepted: readonly AcceptedEntry[],
  firstWaiting: AcceptedEntry | undefined,
): number {
  if (batched && target < head) return target
  return firstWaiting ? firstWaiting.revision - 1 : (accepted.at(-1)?.revision ?? head)
}
