/** Somebody who is to be reminded, and of which login credentials. */
export interface Reminder {
  readonly userId: string
  readonly credentials: readonly number[]
}

export interface ReminderStore {
  /**
   * Takes login credentials whose secret is older than their organisation's setting and that nobody was reminded of for as
   * long; no more than `limit`, and none that another takes at the same time. Answers whom to remind of them: enabled stewards
   * with an address.
   */
  takeDue(now: Date, limit: number): Promise<{ readonly taken: number; readonly reminders: readonly Reminder[] }>
}

/** An old secret, as the mail tells of it. */
export interface OldSecret {
  readonly id: number
  readonly name: string
  readonly setAt: Date
  /** Names of some data sources they are linked to. */
  readonly dataSources: readonly string[]
}

export interface ReminderReads {
  /** Undefined for who has no address or is disabled by now; secrets that have been changed since are left out. */
  findForMail(
    reminder: Reminder,
  ): Promise<{ readonly email: string; readonly name: string; readonly secrets: readonly OldSecret[] } | undefined>
}
