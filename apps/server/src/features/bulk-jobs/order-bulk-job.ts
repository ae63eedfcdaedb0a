import type { Clock } from '../../kernel/clock.ts'
import type { IdSource } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import type { BulkJob } from './bulk-job.ts'
import type { BulkJobStore, NewBulkJob } from './bulk-job-store.ts'
import type { BulkKind } from './bulk-kind.ts'

interface Stores {
  readonly jobs: Pick<BulkJobStore, 'add'>
  readonly audit: AuditStore
  /** Has the job run soon, on whichever node. */
  enqueue(job: string): Promise<void>
}

export interface OrderBulkJobDeps {
  readonly clock: Clock
  readonly ids: IdSource
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

export interface BulkOrder<Input> {
  readonly caller: Principal
  readonly requestId: string
  /** JSON: what is not does not come back as it was. */
  readonly input: Input
  /** In whose list the job stands; null for work over all organisations. */
  readonly organisation: number | null
  readonly dryRun: boolean
  /** How many items there are, as far as that is known. */
  readonly total: number
  readonly retryOf?: string
}

/** Orders long work, which begins soon after. What could have been asked for only now, such as a fresh sign-in, is. */
export async function orderBulkJob<Input>(
  { clock, ids, inTransaction }: OrderBulkJobDeps,
  kind: Pick<BulkKind<never, Input>, 'name' | 'assertMayOrder' | 'describe'>,
  { requestId, ...order }: BulkOrder<Input>,
): Promise<BulkJob> {
  const { caller, input, organisation, dryRun, total, retryOf } = order
  const startedAt = clock.now()
  kind.assertMayOrder(caller, input, startedAt)
  const { userId, username, role, homeOrganisation, via } = caller
  const asked = { caller: { userId, username, role, homeOrganisation, via }, requestId }
  const job = { ...asked, id: ids.next(), kind: kind.name, organisation, input, dryRun, total, retryOf, startedAt }
  await inTransaction(async ({ jobs, audit, enqueue }) => {
    await jobs.add(job)
    await audit.record({
      organisation,
      at: startedAt,
      actor: actorOf(caller),
      action: 'bulk_job.order',
      object: { type: 'bulk_job', id: job.id },
      details: { kind: kind.name, ...kind.describe(input), dryRun, total, ...(retryOf && { retryOf }) },
      requestId,
    })
    await enqueue(job.id)
  })
  return begun(job)
}

function begun(job: NewBulkJob): BulkJob {
  return {
    ...job,
    state: 'InProgress',
    done: 0,
    changed: 0,
    failed: 0,
    cursor: 0,
    progressedAt: job.startedAt,
    finishedAt: undefined,
    error: undefined,
  }
}
