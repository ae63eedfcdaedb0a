import type { Principal } from '../../kernel/principal.ts'
import type { BulkJob, BulkJobState, ItemOutcome, ItemResult } from './bulk-job.ts'

export interface BulkJobRow {
  readonly id: string
  readonly kind: string
  readonly organisation_id: number | null
  readonly input: unknown
  readonly retry_of: string | null
  readonly dry_run: boolean
  readonly state: BulkJobState
  readonly total: number
  readonly done: number
  readonly changed: number
  readonly failed: number
  readonly cursor: number
  readonly ordered_by: string
  readonly ordered_by_name: string
  readonly ordered_by_role: Principal['role']
  readonly ordered_by_organisation: number
  readonly ordered_via: Principal['via']
  readonly request_id: string | null
  readonly started_at: Date
  readonly progressed_at: Date
  readonly finished_at: Date | null
  readonly error_code: string | null
  readonly error_message: string | null
}

export function toBulkJob(row: BulkJobRow): BulkJob {
  return {
    id: row.id,
    kind: row.kind,
    organisation: row.organisation_id,
    input: row.input,
    retryOf: row.retry_of ?? undefined,
    dryRun: row.dry_run,
    state: row.state,
    total: row.total,
    done: row.done,
    changed: row.changed,
    failed: row.failed,
    cursor: row.cursor,
    caller: {
      userId: row.ordered_by,
      username: row.ordered_by_name,
      role: row.ordered_by_role,
      homeOrganisation: row.ordered_by_organisation,
      via: row.ordered_via,
    },
    requestId: row.request_id ?? undefined,
    startedAt: row.started_at,
    progressedAt: row.progressed_at,
    finishedAt: row.finished_at ?? undefined,
    error: toError(row.error_code, row.error_message),
  }
}

export interface BulkResultRow {
  readonly item_id: number
  readonly outcome: ItemOutcome
  readonly error_code: string | null
  readonly message: string | null
  readonly entity_id: string | null
  readonly entity_name: string | null
}

export function toItemResult(row: BulkResultRow): ItemResult {
  const { item_id, outcome, error_code, message, entity_id, entity_name } = row
  const entity = entity_id === null ? undefined : { id: entity_id, name: entity_name ?? entity_id }
  return { id: item_id, outcome, entity, error: toError(error_code, message) }
}

function toError(code: string | null, message: string | null): BulkJob['error'] {
  return code === null ? undefined : { code, message: message ?? '' }
}
