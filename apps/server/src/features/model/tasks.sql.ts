import type { Connection } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type TaskRow, taskColumns, toTask } from './task-row.sql.ts'
import type { TaskStore } from './task-store.ts'

const FIND = statement<TaskRow>(
  'task.find',
  `select ${taskColumns('task')}
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
