import type { Clock } from '../../kernel/clock.ts'
import { AppError, defineErrors } from '../../kernel/errors.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { ProposalKind } from '../../kernel/proposal.ts'
import type { AgreedOrder, QueuedTask, Turn } from './agreed-order.ts'
import { considerProposals, settleTurn, type WaitingProposal } from './consider-proposals.ts'

/** How many queued tasks share one transaction. */
const GROUP_SIZE = 64

export interface DrainDeps<Reads, Writes> {
  readonly order: AgreedOrder<Reads, Writes>
  /** Every kind, by its type. */
  readonly kinds: ReadonlyMap<string, ProposalKind<Reads, Writes, unknown>>
  readonly ids: IdSource
  readonly clock: Clock
}

const queueErrors = defineErrors('queue', {
  submitter_gone: {
    kind: 'forbidden',
    message: (username: string) =>
      `${username} has been disabled, or has lost access to this organisation, since this was submitted.`,
  },
  unknown_kind: { kind: 'invalid', message: (type: string) => `This server knows no proposal of the kind ${type}.` },
  internal: { kind: 'conflict', message: () => 'Something went wrong on the server; the change was not made.' },
})

/** Looks at every task queued for the organisation, oldest first; a task that cannot be run ends as failed. */
export async function drainQueue<Reads, Writes>(deps: DrainDeps<Reads, Writes>, organisation: number): Promise<void> {
  let limit = GROUP_SIZE
  for (;;) {
    try {
      const looked = await deps.order.inTurn(organisation, (turn) => drainSome(deps, turn, limit))
      if (looked === 0) return
    } catch (error) {
      if (error instanceof AppError) throw error
      // One of them broke the transaction for all: take them one by one, and end the one that breaks it alone.
      if (limit === 1) await deps.order.inTurn(organisation, (turn) => failOldest(deps, turn))
      limit = 1
    }
  }
}

async function drainSome<Reads, Writes>(
  deps: DrainDeps<Reads, Writes>,
  turn: Turn<Reads, Writes>,
  limit: number,
): Promise<number> {
  const tasks = await turn.listWaiting(limit)
  const outcomes = await considerProposals(
    deps.ids,
    turn,
    tasks.map((task) => toProposal(deps.kinds, turn, task)),
  )
  await settleTurn(turn, outcomes, deps.clock.now())
  return tasks.length
}

function toProposal<Reads, Writes>(
  kinds: DrainDeps<Reads, Writes>['kinds'],
  turn: Turn<Reads, Writes>,
  task: QueuedTask,
): WaitingProposal<Reads, Writes> {
  return {
    entry: task,
    queued: true,
    check: async (reads, context) => {
      if (!(await turn.mayStillAct(task.caller))) throw queueErrors.submitter_gone(task.caller.username)
      const kind = kinds.get(task.type)
      if (!kind) throw queueErrors.unknown_kind(task.type)
      return await kind.check(reads, context, task.input)
    },
  }
}

async function failOldest<Reads, Writes>(deps: DrainDeps<Reads, Writes>, turn: Turn<Reads, Writes>): Promise<void> {
  const [task] = await turn.listWaiting(1)
  if (task) await turn.settle([], [{ ...task, error: queueErrors.internal() }], deps.clock.now())
}
