import { accessErrors } from '../../kernel/access.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Task, taskErrors } from './task.ts'
import type { TaskStore } from './task-store.ts'

/** The task, for any admin of its organisation; throws `task.not_found`. */
export async function getTask(deps: { readonly tasks: TaskStore }, caller: Principal, id: string): Promise<Task> {
  if (caller.role === 'user') throw accessErrors.not_admin('look at tasks')
  const task = await deps.tasks.find(caller.organisation, id)
  if (!task) throw taskErrors.not_found(id)
  return task
}
