import { AppError } from '../../kernel/errors.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Change, ProposalContext } from '../../kernel/proposal.ts'
import type { AcceptedEntry, RefusedEntry, TaskEntry, Turn } from './agreed-order.ts'

/** A proposal whose turn has come. */
export interface WaitingProposal<Reads, Writes> {
  readonly entry: TaskEntry
  readonly queued: boolean
  check(reads: Reads, context: ProposalContext): Promise<Change<Writes>>
}

export type Considered =
  | { readonly outcome: 'accepted'; readonly entry: AcceptedEntry }
  | { readonly outcome: 'refused'; readonly entry: RefusedEntry }

/** The context a proposal is checked in. Its entity id is its task's own when it makes nothing. */
export function contextOf(entry: TaskEntry, ids: IdSource, head: number): ProposalContext {
  return { caller: entry.caller, entityId: entry.entityId ?? entry.taskId, head, ids }
}

/**
 * Looks at each proposal in turn, each on the model as those before it left it, and writes what it changes as the next
 * revision. A refusal comes from `check`, before anything of that proposal is written, so it harms no other.
 */
export async function considerProposals<Reads, Writes>(
  ids: IdSource,
  turn: Turn<Reads, Writes>,
  proposals: readonly WaitingProposal<Reads, Writes>[],
): Promise<Considered[]> {
  let head = turn.revisions.head
  const outcomes: Considered[] = []
  for (const proposal of proposals) {
    const change = await checkOne(turn.reads, proposal, contextOf(proposal.entry, ids, head))
    if (change instanceof AppError) {
      outcomes.push({ outcome: 'refused', entry: { ...proposal.entry, error: change } })
      continue
    }
    head += 1
    // Waited for: it may be several statements, and the next check must not come between them.
    await change.write(turn.writesAt(head))
    outcomes.push({ outcome: 'accepted', entry: acceptedEntry(proposal, change, head) })
  }
  return outcomes
}

function acceptedEntry<Reads, Writes>(
  { entry, queued }: WaitingProposal<Reads, Writes>,
  { object, touches, atOnce = false, warnings }: Change<Writes>,
  revision: number,
): AcceptedEntry {
  return { ...entry, queued, revision, object, touches, atOnce, ...(warnings && { warnings }) }
}

/** The change that a proposal is, or why it is refused. */
export async function checkOne<Reads, Writes>(
  reads: Reads,
  proposal: WaitingProposal<Reads, Writes>,
  context: ProposalContext,
): Promise<Change<Writes> | AppError> {
  try {
    return await proposal.check(reads, context)
  } catch (error) {
    // A database that went away is nobody's refusal: the whole turn fails and is tried again.
    if (error instanceof AppError && error.kind !== 'unavailable') return error
    throw error
  }
}

/** Writes down what became of the proposals. */
export async function settleTurn<Reads, Writes>(
  turn: Turn<Reads, Writes>,
  outcomes: readonly Considered[],
  at: Date,
): Promise<void> {
  const accepted = outcomes.flatMap((each) => (each.outcome === 'accepted' ? [each.entry] : []))
  const refused = outcomes.flatMap((each) => (each.outcome === 'refused' ? [each.entry] : []))
  if (outcomes.length > 0) await turn.settle(accepted, refused, at)
}
