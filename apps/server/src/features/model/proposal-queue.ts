import { AppError } from '../../kernel/errors.ts'
import type { Accepted, ProposalKind, Submission } from '../../kernel/proposal.ts'
import type { TaskEntry, Turn } from './agreed-order.ts'
import {
  type Considered,
  considerProposals,
  contextOf,
  settleTurn,
  type WaitingProposal,
} from './consider-proposals.ts'
import { type DrainDeps, drainQueue } from './drain-queue.ts'

/** How many proposals share one transaction at the most: enough to share its fsync, few enough to answer soon. */
const GROUP_SIZE = 64

export interface ProposalQueueDeps<Reads, Writes> extends DrainDeps<Reads, Writes> {
  /** Called after a commit that touched repositories, so that files are to be published; never awaited. */
  onTouched(organisation: number): void
}

interface InLine<Reads, Writes> {
  readonly proposal: WaitingProposal<Reads, Writes>
  readonly settled: PromiseWithResolvers<Accepted>
}

/**
 * Takes proposals in, in one agreed order per organisation. Those that arrive while a transaction is under way are
 * committed together by the next one (group commit), so many share one fsync; each is still a revision of its own.
 */
export class ProposalQueue<Reads, Writes> {
  readonly #deps: ProposalQueueDeps<Reads, Writes>
  readonly #lines = new Map<number, InLine<Reads, Writes>[]>()
  readonly #runs = new Map<number, Promise<void>>()

  constructor(deps: ProposalQueueDeps<Reads, Writes>) {
    this.#deps = deps
  }

  /** Commits the change (or queues it, when asked to) and answers its task; throws the AppError that refuses it. */
  async submit<Input>(kind: ProposalKind<Reads, Writes, Input>, submission: Submission<Input>): Promise<Accepted> {
    const { ids, clock } = this.#deps
    const entry: TaskEntry = {
      taskId: ids.next(),
      type: kind.type,
      entityId: kind.creates ? ids.next() : null,
      caller: submission.caller,
      requestId: submission.requestId,
      submittedAt: clock.now(),
    }
    const proposal: WaitingProposal<Reads, Writes> = {
      entry,
      queued: false,
      check: (reads, context) => kind.check(reads, context, submission.input),
    }
    if (submission.respondAsync) return await this.#enqueue(proposal, submission.input)
    return await this.#standInLine(proposal)
  }

  /** Looks at every task queued for the organisation, oldest first. */
  async drain(organisation: number): Promise<void> {
    await drainQueue(this.#deps, organisation)
    // What of it touched repositories was committed in several turns; a publication with nothing to do is cheap.
    this.#deps.onTouched(organisation)
  }

  /** Resolves when nothing is being committed. */
  async idle(): Promise<void> {
    while (this.#runs.size > 0) await Promise.all(this.#runs.values())
  }

  #standInLine(proposal: WaitingProposal<Reads, Writes>): Promise<Accepted> {
    const { organisation } = proposal.entry.caller
    const settled = Promise.withResolvers<Accepted>()
    const line = this.#lines.get(organisation) ?? []
    line.push({ proposal, settled })
    this.#lines.set(organisation, line)
    if (!this.#runs.has(organisation)) this.#runs.set(organisation, this.#commitLine(organisation, line))
    return settled.promise
  }

  async #commitLine(organisation: number, line: InLine<Reads, Writes>[]): Promise<void> {
    // A first wait, so that proposals of the same instant share the first transaction too.
    await Promise.resolve()
    while (line.length > 0) await this.#commitGroup(organisation, line.splice(0, GROUP_SIZE))
    // In the same step as the look at the line, or a proposal in between would wait for nobody.
    this.#runs.delete(organisation)
  }

  async #commitGroup(organisation: number, group: readonly InLine<Reads, Writes>[]): Promise<void> {
    try {
      const outcomes = await this.#considerGroup(organisation, group)
      for (const [index, { settled }] of group.entries()) settle(settled, outcomes[index])
    } catch (error) {
      // One of them broke the transaction for all. Alone, each gets its own answer.
      if (group.length > 1) for (const each of group) await this.#commitGroup(organisation, [each])
      else for (const { settled } of group) settled.reject(error)
    }
  }

  async #considerGroup(organisation: number, group: readonly InLine<Reads, Writes>[]): Promise<readonly Considered[]> {
    const proposals = group.map(({ proposal }) => proposal)
    const decide = async (turn: Turn<Reads, Writes>): Promise<Considered[]> => {
      const outcomes = await considerProposals(this.#deps.ids, turn, proposals)
      const accepted = outcomes.filter(({ outcome }) => outcome === 'accepted')
      await settleTurn(turn, accepted, this.#deps.clock.now())
      return outcomes
    }
    // What was queued before this group comes first; what is queued from now on comes after it.
    const early = await this.#deps.order.inTurn(organisation, async (turn) =>
      turn.somethingWaits ? undefined : await decide(turn),
    )
    if (!early) await this.drain(organisation)
    const outcomes = early ?? (await this.#deps.order.inTurn(organisation, decide))
    if (outcomes.some(touches)) this.#deps.onTouched(organisation)
    return outcomes
  }

  async #enqueue(proposal: WaitingProposal<Reads, Writes>, input: unknown): Promise<Accepted> {
    const { caller } = proposal.entry
    await this.#deps.order.inTurn(caller.organisation, async (turn) => {
      try {
        await proposal.check(turn.reads, contextOf(proposal.entry, this.#deps.ids, turn.revisions.head))
      } catch (error) {
        if (!turn.somethingWaits || !mayPassLater(error)) throw error
      }
      await turn.enqueue(proposal.entry, input)
    })
    return accepted(proposal.entry, true)
  }
}

function touches(considered: Considered): boolean {
  return considered.outcome === 'accepted' && considered.entry.touches.length > 0
}

/** With tasks waiting a proposal may build on what they will make: then only its own turn can tell, except who may not. */
function mayPassLater(error: unknown): boolean {
  return error instanceof AppError && error.kind !== 'forbidden' && error.kind !== 'unavailable'
}

function settle(settled: PromiseWithResolvers<Accepted>, outcome: Considered | undefined): void {
  if (outcome?.outcome === 'accepted') settled.resolve(accepted(outcome.entry, false))
  else settled.reject(outcome?.entry.error)
}

function accepted(entry: TaskEntry, queued: boolean): Accepted {
  return entry.entityId === null
    ? { taskId: entry.taskId, queued }
    : { taskId: entry.taskId, entityId: entry.entityId, queued }
}
