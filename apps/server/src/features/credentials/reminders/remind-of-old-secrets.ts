import type { Clock } from '../../../kernel/clock.ts'
import type { Reminder, ReminderStore } from './reminder-store.ts'

interface Stores {
  readonly reminders: ReminderStore
  /** Has the mail sent soon, if the transaction is committed. */
  enqueueReminder(reminder: Reminder): Promise<void>
}

export interface RemindOfOldSecretsDeps {
  readonly clock: Clock
  inTransaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>
}

const CHUNK = 200

/**
 * Has stewards reminded to change secrets that are older than their organisation wants them to be, for a daily job. That they are to be
 * reminded and that they were counts as one: each secret once, until as much time has passed again.
 */
export async function remindOfOldSecrets({ clock, inTransaction }: RemindOfOldSecretsDeps): Promise<void> {
  const now = clock.now()
  let taken: number
  do {
    taken = await inTransaction(async (stores) => {
      const due = await stores.reminders.takeDue(now, CHUNK)
      for (const reminder of due.reminders) await stores.enqueueReminder(reminder)
      return due.taken
    })
  } while (taken > 0)
}
