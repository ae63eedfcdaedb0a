import type { Warning } from '../../kernel/proposal.ts'
import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import type { Task, TaskState } from './task.ts'
import type { TaskStore } from './task-store.ts'

interface TaskRow {
  readonly id: string
  readonly type: string
  readonly state: TaskState
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

const FIND = statement<TaskRow>(
  'task.find',
  `select task.id, task.type, task.state, task.entity_id, task.revision,
          coalesce(task.revision <= model.enforced or task.at_once and not exists (
            select from repository where organisation_id = $1 and due_edition > published_edition), false) as enforced,
          task.submitted_by, task.submitted_by_name, task.submitted_at, task.finished_at, task.error_code, task.error_message, task.warnings
   from task join organisation_model model using (organisation_id)
   where task.id = $2 and task.organisation_id = $1 and task.dismissed_at is null`,
)

// Whoever drains the queue holds the organisation's row: so an abort comes either before or after, never in between.
const ABORT = statement<{ id: string }>(
  'task.abort',
  `with turn as (select from organisation_model where organisation_id = $1 for update)
   update task set state = 'ABORTED', finished_at = $3, input = null
   where id = $2 and organisation_id = $1 and state = 'PENDING' and exists (select from turn)
   returning id`,
)

const DISMISS = statement('task.dismiss', 'update task set dismissed_at = $3 where id = $2 and organisation_id = $1')

/** Tasks in the table `task`. */
export function sqlTaskStore(connection: Connection): TaskStore {
  return {
    find: async (organisation, id) => {
      const [row] = await connection.query(FIND, [organisation, id])
      return row && toTask(row)
    },
    abort: async (organisation, id, at) => (await connection.query(ABORT, [organisation, id, at])).length > 0,
    dismiss: async (organisation, id, at) => {
      await connection.query(DISMISS, [organisation, id, at])
    },
  }
}

function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    type: row.type,
    state: row.state,
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
