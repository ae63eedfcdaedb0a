import { accessErrors, requireFlag } from '../../kernel/access.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Task, taskErrors } from './task.ts'
import type { TaskStore } from './task-store.ts'

interface Deps {
  readonly tasks: TaskStore
}

/** The task, for whoever submitted it and for any admin of its organisation; throws `task.not_found`. */
export function getTask(deps: Deps, caller: Principal, id: string): Promise<Task> {
  return findTask(deps, id, {
    caller,
    assertMayOthers: () => {
      if (caller.role === 'user') throw accessErrors.not_admin('look at the tasks of others')
    },
  })
}

/** The task, for whoever submitted it and for who may change every team: only they abort and remove it. */
export function getTaskToEnd(deps: Deps, caller: Principal, id: string): Promise<Task> {
  return findTask(deps, id, { caller, assertMayOthers: () => requireFlag(caller, 'allow_modify_teams') })
}

interface Asking {
  readonly caller: Principal
  assertMayOthers(): void
}

async function findTask({ tasks }: Deps, id: string, { caller, assertMayOthers }: Asking): Promise<Task> {
  const task = await tasks.find(caller.organisation, id)
  // Whoever may not have those of others is not told either which there are.
  if (task?.submitterId !== caller.userId) assertMayOthers()
  if (!task) throw taskErrors.not_found(id)
  return task
}
