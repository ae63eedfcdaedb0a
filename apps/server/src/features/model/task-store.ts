import type { Task } from './task.ts'

/** The tasks of one installation, as their submitters see them. */
export interface TaskStore {
  find(organisation: number, id: string): Promise<Task | undefined>

  /** Ends a task that has not begun and answers true; answers false when it is not (any longer) pending. */
  abort(organisation: number, id: string, at: Date): Promise<boolean>

  /** Takes a finished task out of sight. Its revision stays part of the model's history. */
  dismiss(organisation: number, id: string, at: Date): Promise<void>
}
