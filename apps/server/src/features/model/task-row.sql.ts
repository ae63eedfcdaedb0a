import type { Warning } from '../../kernel/proposal.ts'
import type { Task, TaskState } from './task.ts'

export interface TaskRow {
  readonly id: string
  readonly type: string
  readonly state: TaskState
  readonly summary: string | null
  readonly entity_id: string | null
  readonly revision: number | null
  readonly enforced: boolean
  readonly submitted_by: string
  readonly submitted_by_name: string
  readonly submitted_at: Date
  readonly finished_at: Date | null
  readonly error_code: string | null
  readonly error_message: string | null
  readonly warnings: readonly Warning[] | null
}

/** Select list of a `TaskRow`, of the table `task` under the name `row` and its organisation's `model`; `$1` is the organisation. */
export function taskColumns(row: string): string {
  const own = ['id', 'type', 'state', 'summary', 'entity_id', 'revision', 'submitted_by', 'submitted_by_name']
  const columns = [...own, 'submitted_at', 'finished_at', 'error_code', 'error_message', 'warnings']
  return `${columns.map((column) => `${row}.${column}`).join(', ')},
    coalesce(${row}.revision <= model.enforced or ${row}.at_once and not exists (
      select from repository where organisation_id = $1 and due_edition > published_edition), false) as enforced`
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    type: row.type,
    state: row.state,
    summary: row.summary,
    entityId: row.entity_id,
    revision: row.revision,
    enforced: row.enforced,
    submittedBy: row.submitted_by_name,
    submitterId: row.submitted_by,
    submittedAt: row.submitted_at,
    finishedAt: row.finished_at,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
    warnings: row.warnings ?? [],
  }
}
