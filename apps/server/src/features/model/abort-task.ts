import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type AuditStore, actorOf } from '../audit/index.ts'
import { getTaskToEnd } from './get-task.ts'
import { taskErrors } from './task.ts'
import type { TaskStore } from './task-store.ts'

export interface TaskActDeps {
  inTransaction<T>(work: (stores: { readonly tasks: TaskStore; readonly audit: AuditStore }) => Promise<T>): Promise<T>
  readonly clock: Clock
}

export interface TaskAct {
  readonly caller: Principal
  readonly requestId: string
  readonly id: string
}

/** Ends a task whose turn has not come; throws `task.finished` when it came. */
export async function abortTask(
  { inTransaction, clock }: TaskActDeps,
  { caller, requestId, id }: TaskAct,
): Promise<void> {
  await inTransaction(async ({ tasks, audit }) => {
    const task = await getTaskToEnd({ tasks }, caller, id)
    const at = clock.now()
    if (!(await tasks.abort(caller.organisation, task.id, at))) {
      const { state } = await getTaskToEnd({ tasks }, caller, id)
      throw taskErrors.finished(task.id, state)
    }
    await audit.record({
      organisation: caller.organisation,
      at,
      actor: actorOf(caller),
      action: 'task.abort',
      object: { type: 'task', id: task.id },
      details: { type: task.type },
      requestId,
    })
  })
}
