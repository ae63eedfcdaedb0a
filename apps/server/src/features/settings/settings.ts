import { requireFlag } from '../../kernel/access.ts'
import { defineErrors } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'

/** How an organisation wants to be run. Schedules are cron expressions of five fields, in UTC. */
export interface Settings {
  /** Changes to the model wait until they are applied, by hand or on schedule. */
  readonly batchedUpdates: boolean
  readonly enforcementSchedule: string | null
  /** False where people are known from the directory alone. */
  readonly localUsers: boolean
  readonly directorySyncSchedule: string | null
  /** The share of a team, in per cent, beyond which a synchronisation does not remove members unasked. */
  readonly directoryRemovalShare: number
  /** Nobody gets the secret of a login credential without saying why. */
  readonly checkoutReasonRequired: boolean
  /** The age at which stewards are reminded to change a secret; null for never. */
  readonly secretReminderDays: number | null
}

/** Settings, and when what they schedule comes next. */
export interface ScheduledSettings extends Settings {
  readonly nextEnforcementAt: Date | null
  readonly nextDirectorySyncAt: Date | null
}

const settingsErrors = defineErrors('settings', {
  bad_schedule: {
    kind: 'invalid',
    message: (field: string, expression: string) =>
      `${field}: "${expression}" is not a schedule that ever comes: send a cron expression of five fields (minute, hour, day of the month, month, day of the week; UTC), such as "30 2 * * *" for 02:30 every day, or null for none.`,
  },
})

export function assertMayViewSettings(caller: Principal): void {
  requireFlag(caller, 'allow_view_settings', 'allow_modify_settings')
}

export function assertMayChangeSettings(caller: Principal): void {
  requireFlag(caller, 'allow_modify_settings')
}

/** When a schedule comes next after a moment; undefined when it is none, or never comes. */
export type NextTime = (expression: string, after: Date) => Date | undefined

/**
 * The settings with their next times. One that is scheduled as before keeps its time: a change of something else must not
 * put off what is due right now.
 */
export function scheduleSettings(
  before: ScheduledSettings,
  after: Settings,
  next: (expression: string) => Date | undefined,
): ScheduledSettings {
  const timeOf = (field: 'enforcementSchedule' | 'directorySyncSchedule'): Date | null => {
    const expression = after[field]
    if (expression === null) return null
    const time = next(expression)
    if (!time) throw settingsErrors.bad_schedule(field, expression)
    return time
  }
  const [enforcement, directorySync] = [timeOf('enforcementSchedule'), timeOf('directorySyncSchedule')]
  // Where nothing is batched, nothing waits for a schedule.
  const nextEnforcementAt = after.batchedUpdates ? enforcement : null
  const isSameEnforcement =
    after.enforcementSchedule === before.enforcementSchedule && after.batchedUpdates === before.batchedUpdates
  const isSameSync = after.directorySyncSchedule === before.directorySyncSchedule
  return {
    ...after,
    nextEnforcementAt: isSameEnforcement ? before.nextEnforcementAt : nextEnforcementAt,
    nextDirectorySyncAt: isSameSync ? before.nextDirectorySyncAt : directorySync,
  }
}
