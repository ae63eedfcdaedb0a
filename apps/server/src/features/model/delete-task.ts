import { actorOf } from '../audit/index.ts'
import type { TaskAct, TaskActDeps } from './abort-task.ts'
import { getTaskToEnd } from './get-task.ts'
import { taskErrors } from './task.ts'

export interface TaskDeletion extends TaskAct {
  /** Abort it first, if it is still pending. */
  readonly force: boolean
}

/** Takes a task out of sight; throws `task.pending` unless it is finished or may be aborted for it. */
export async function deleteTask({ inTransaction, clock }: TaskActDeps, deletion: TaskDeletion): Promise<void> {
  const { caller, requestId, id, force } = deletion
  await inTransaction(async ({ tasks, audit }) => {
    const task = await getTaskToEnd({ tasks }, caller, id)
    const at = clock.now()
    if (task.state === 'PENDING') {
      if (!force) throw taskErrors.pending(task.id)
      await tasks.abort(caller.organisation, task.id, at)
    }
    await tasks.dismiss(caller.organisation, task.id, at)
    await audit.record({
      organisation: caller.organisation,
      at,
      actor: actorOf(caller),
      action: 'task.delete',
      object: { type: 'task', id: task.id },
      details: { type: task.type, state: task.state },
      requestId,
    })
  })
}
