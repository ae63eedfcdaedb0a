import { defineErrors } from '../../../kernel/errors.ts'

/** Where an organisation's model and its files stand. */
export interface EnforcementStatus {
  readonly pendingRevision: number
  /** The revision that files are made from; those above it wait to be applied. */
  readonly targetRevision: number
  readonly enforcedRevision: number
  readonly batchedUpdates: boolean
  readonly enforcementSchedule: string | null
  readonly nextEnforcementAt: Date | null
  readonly waitingChanges: number
  readonly waitingRepositories: number
  readonly waitingSince: Date | null
}

/** A change that is not enforced yet. */
export interface WaitingChange {
  readonly revision: number
  readonly type: string
  readonly summary: string | null
  readonly entityId: string | null
  readonly submittedBy: string
  readonly submittedAt: Date
  readonly taskId: string
}

export const batchErrors = defineErrors('apply', {
  beyond_head: {
    kind: 'invalid',
    message: (revision: number, head: number) =>
      `revision: there is no revision ${revision} yet: the last one is ${head}.`,
  },
  applied: {
    kind: 'invalid',
    message: (revision: number, target: number) =>
      `revision: revision ${revision} is applied already, as all are up to ${target}; to undo changes, revert to a revision.`,
  },
})
