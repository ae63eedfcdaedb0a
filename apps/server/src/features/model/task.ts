import { defineErrors } from '../../kernel/errors.ts'
import type { Warning } from '../../kernel/proposal.ts'

export type TaskState = 'PENDING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'ABORTED'

/** What became of one proposal. */
export interface Task {
  readonly id: string
  /** `<object>.<verb>`, as the proposal's kind is named. */
  readonly type: string
  readonly state: TaskState
  /** The change in a few words; null until it is made. */
  readonly summary: string | null
  /** What the proposal made, when it makes something; known from submission on. */
  readonly entityId: string | null
  /** The revision of the model that it made; null unless completed. */
  readonly revision: number | null
  /** True once the published files are made from its revision or a later one, or hold what is enforced at once. */
  readonly enforced: boolean
  /** The username of whoever proposed it. */
  readonly submittedBy: string
  readonly submitterId: string
  readonly submittedAt: Date
  readonly finishedAt: Date | null
  readonly error: { readonly code: string; readonly message: string } | null
  /** What the proposer should know, although nothing refused it. */
  readonly warnings: readonly Warning[]
}

export const taskErrors = defineErrors('task', {
  not_found: { kind: 'not_found', message: (id: string) => `There is no task ${id}.` },
  pending: { kind: 'conflict', message: (id: string) => `Task ${id} is still pending: abort it first.` },
  finished: {
    kind: 'conflict',
    message: (id: string, state: TaskState) => `Task ${id} can no longer be aborted: it is ${state}.`,
  },
})
