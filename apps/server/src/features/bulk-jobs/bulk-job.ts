import { defineErrors } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'

/** `Finished` tells nothing of single items; `Error`: it could not go on. */
export type BulkJobState = 'InProgress' | 'Finished' | 'Error'

/** Who ordered a job, with the role they have now while it runs. */
export type BulkCaller = Pick<Principal, 'userId' | 'username' | 'role' | 'homeOrganisation' | 'via'>

/** Long work over many things of one kind, done chunk by chunk. */
export interface BulkJob<Input = unknown> {
  readonly id: string
  /** The name of its `BulkKind`. */
  readonly kind: string
  /** In whose list it stands; null for work over all organisations. */
  readonly organisation: number | null
  /** JSON, as the kind understands it; never a secret. */
  readonly input: Input
  /** The job whose failed items this one does again. */
  readonly retryOf: string | undefined
  /** True when it changes nothing and only says what it would. */
  readonly dryRun: boolean
  readonly state: BulkJobState
  readonly total: number
  readonly done: number
  readonly changed: number
  readonly failed: number
  /** The id of the last item that is done. */
  readonly cursor: number
  readonly caller: BulkCaller
  readonly requestId: string | undefined
  readonly startedAt: Date
  readonly progressedAt: Date
  readonly finishedAt: Date | undefined
  readonly error: ItemError | undefined
}

export const ITEM_OUTCOMES = ['changed', 'unchanged', 'deleted', 'failed'] as const

export type ItemOutcome = (typeof ITEM_OUTCOMES)[number]

/** Safe to show. */
export interface ItemError {
  readonly code: string
  readonly message: string
}

/** What became of one item, or, in a dry run, would become of it. */
export interface ItemResult {
  readonly id: number
  readonly outcome: ItemOutcome
  /** What the item is, where its id is known to bulk jobs alone. */
  readonly entity?: { readonly id: string; readonly name: string } | undefined
  /** Present when it failed. */
  readonly error?: ItemError | undefined
}

export const bulkJobErrors = defineErrors('bulk_job', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no bulk job ${id}.` },
  in_progress: {
    kind: 'conflict',
    message: () => 'The job is still in progress. Retry what failed when it has ended.',
  },
  nothing_failed: { kind: 'conflict', message: () => 'Nothing failed in this job, so there is nothing to retry.' },
  unknown_kind: { kind: 'invalid', message: (kind: string) => `This server knows no bulk job of the kind ${kind}.` },
  orderer_gone: {
    kind: 'forbidden',
    message: (username: string) => `Who ordered this, ${username}, is disabled by now, or their organisation is.`,
  },
  internal: { kind: 'conflict', message: () => 'Something went wrong on the server.' },
})
