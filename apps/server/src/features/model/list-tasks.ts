import type { Page } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Task } from './task.ts'
import type { TaskQuery, TaskReadModel } from './task-store.ts'

export interface ListTasksDeps {
  readonly taskLists: TaskReadModel
}

export interface ListTasksInput extends Omit<TaskQuery, 'organisation' | 'submitter'> {
  readonly caller: Principal
}

/** Tasks of the organisation that the caller acts in, the newest first: for admins all of them, for others those they submitted. */
export function listTasks({ taskLists }: ListTasksDeps, { caller, ...query }: ListTasksInput): Promise<Page<Task>> {
  const submitter = caller.role === 'user' ? caller.userId : undefined
  return taskLists.list({ ...query, organisation: caller.organisation, submitter })
}
