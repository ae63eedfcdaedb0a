import { AppError } from '../../kernel/errors.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { ProposalKind } from '../../kernel/proposal.ts'
import type { Turn } from './agreed-order.ts'
import { checkOne, considerProposals, contextOf, settleTurn, type WaitingProposal } from './consider-proposals.ts'

/** A turn that a transaction holds which is about more than the model. */
export interface HeldTurn<Reads, Writes> {
  readonly turn: Turn<Reads, Writes>
  readonly ids: IdSource
}

/** Changes of one kind, in their order. */
export interface Proposals<Input> {
  readonly caller: Principal
  readonly requestId: string
  readonly at: Date
  readonly inputs: readonly Input[]
}

/** For each of some proposals: why it is refused, or undefined. */
export type Refusals = readonly (AppError | undefined)[]

/** Makes each change as a proposal of its own: a task, a revision and an audit record each. */
export async function proposeInTurn<Reads, Writes, Input>(
  { turn, ids }: HeldTurn<Reads, Writes>,
  kind: ProposalKind<Reads, Writes, Input>,
  proposals: Proposals<Input>,
): Promise<Refusals> {
  const outcomes = await considerProposals(ids, turn, toWaiting(ids, kind, proposals))
  const accepted = outcomes.filter(({ outcome }) => outcome === 'accepted')
  await settleTurn(turn, accepted, proposals.at)
  return outcomes.map((each) => (each.outcome === 'refused' ? each.entry.error : undefined))
}

/** Looks at each as if it were the only one, and changes nothing. */
export async function foreseeInTurn<Reads, Writes, Input>(
  { turn, ids }: HeldTurn<Reads, Writes>,
  kind: ProposalKind<Reads, Writes, Input>,
  proposals: Proposals<Input>,
): Promise<Refusals> {
  const refusals: (AppError | undefined)[] = []
  for (const proposal of toWaiting(ids, kind, proposals)) {
    const checked = await checkOne(turn.reads, proposal, contextOf(proposal.entry, ids, turn.revisions.head))
    refusals.push(checked instanceof AppError ? checked : undefined)
  }
  return refusals
}

function toWaiting<Reads, Writes, Input>(
  ids: IdSource,
  kind: ProposalKind<Reads, Writes, Input>,
  { caller, requestId, at, inputs }: Proposals<Input>,
): readonly WaitingProposal<Reads, Writes>[] {
  return inputs.map((input) => ({
    entry: {
      taskId: ids.next(),
      type: kind.type,
      entityId: kind.creates ? ids.next() : null,
      caller,
      requestId,
      submittedAt: at,
    },
    queued: false,
    check: (reads, context) => kind.check(reads, context, input),
  }))
}
