import type { Clock } from '../../../kernel/clock.ts'
import type { Principal } from '../../../kernel/principal.ts'
import { type AuditActor, type AuditStore, actorOf, SYSTEM_ACTOR } from '../../audit/index.ts'
import { assertMayChangeTeams } from '../../teams/index.ts'
import { batchErrors } from './batch.ts'
import type { BatchReadModel, BatchStore, HeldPosition } from './batch-store.ts'

interface Stores {
  readonly batches: BatchStore
  readonly audit: AuditStore
}

interface ApplyDeps {
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
  /** Has what is outdated generated soon, after the transaction; never waits. */
  requestPublication(organisation: number): void
}

export interface ApplyWaitingDeps extends ApplyDeps {
  readonly clock: Clock
}

export interface Application {
  readonly caller: Principal
  readonly requestId: string
  /** The last to apply; the head when absent. */
  readonly revision: number | undefined
}

/** Lets waiting changes be enforced: all, or those up to a revision. Where nothing waits it does nothing, and says so nowhere. */
export async function applyWaiting(deps: ApplyWaitingDeps, application: Application): Promise<void> {
  const { caller, requestId, revision } = application
  assertMayChangeTeams(caller)
  const { organisation } = caller
  await deps.inTransaction(async (stores) => {
    const position = await stores.batches.takeTurn(organisation)
    if (revision !== undefined && revision > position.head) throw batchErrors.beyond_head(revision, position.head)
    if (revision !== undefined && revision < position.target) throw batchErrors.applied(revision, position.target)
    const upTo = revision ?? position.head
    await applyAndRecord(stores, {
      organisation,
      position,
      upTo,
      at: deps.clock.now(),
      actor: actorOf(caller),
      requestId,
    })
  })
  deps.requestPublication(organisation)
}

export interface ApplyScheduledDeps extends ApplyDeps {
  readonly due: Pick<BatchReadModel, 'listDue'>
  nextTime(expression: string, after: Date): Date | undefined
}

/**
 * Applies what waits in every organisation whose time has come, and notes the next one. On each node; once does it. One that
 * fails keeps no other waiting; what they failed with is thrown in the end, as an AggregateError.
 */
export async function applyScheduled(deps: ApplyScheduledDeps, at: Date): Promise<void> {
  const failures: unknown[] = []
  for (const organisation of await deps.due.listDue(at)) {
    try {
      await applyDue(deps, organisation, at)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'What waits could not be applied everywhere.')
}

async function applyDue(deps: ApplyScheduledDeps, organisation: number, at: Date): Promise<void> {
  await deps.inTransaction(async (stores) => {
    const position = await stores.batches.takeTurn(organisation)
    // Under the turn, since another node may have come first.
    const schedule = await stores.batches.findDueSchedule(organisation, at)
    if (schedule === undefined) return
    await stores.batches.setNextTime(organisation, deps.nextTime(schedule, at) ?? null)
    await applyAndRecord(stores, { organisation, position, upTo: position.head, at, actor: SYSTEM_ACTOR })
  })
  deps.requestPublication(organisation)
}

interface Applied {
  readonly organisation: number
  readonly position: HeldPosition
  readonly upTo: number
  readonly at: Date
  readonly actor: AuditActor
  readonly requestId?: string
}

async function applyAndRecord({ batches, audit }: Stores, applied: Applied): Promise<void> {
  const { organisation, position, upTo, ...entry } = applied
  if (upTo === position.target) return
  await batches.applyUpTo(organisation, upTo)
  await audit.record({
    ...entry,
    organisation,
    action: 'model.apply',
    object: { type: 'organisation', id: String(organisation) },
    details: { from: position.target, to: upTo },
  })
}
