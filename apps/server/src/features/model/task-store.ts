import type { Page } from '../../kernel/page.ts'
import type { Task, TaskState } from './task.ts'

/** The tasks of one installation, as their submitters see them. */
export interface TaskStore {
  find(organisation: number, id: string): Promise<Task | undefined>

  /** Ends a task that has not begun and answers true; answers false when it is not (any longer) pending. */
  abort(organisation: number, id: string, at: Date): Promise<boolean>

  /** Takes a finished task out of sight. Its revision stays part of the model's history. */
  dismiss(organisation: number, id: string, at: Date): Promise<void>
}

export interface TaskQuery {
  readonly organisation: number
  /** Those that this user submitted; everybody's when undefined. */
  readonly submitter: string | undefined
  readonly state: TaskState | undefined
  readonly type: string | undefined
  /** 1-based. */
  readonly pageNumber: number
  readonly pageSize: number
}

/** Tasks that nobody took out of sight, in lists. */
export interface TaskReadModel {
  /** The newest first. */
  list(query: TaskQuery): Promise<Page<Task>>
}
