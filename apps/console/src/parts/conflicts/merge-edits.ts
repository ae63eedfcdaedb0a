import { changedValues } from './changed-values.ts'

type Values = Readonly<Record<string, unknown>>

/** What somebody else has made of fields that are being edited here. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile'
  /** What they are now, by field. */
  readonly theirs: Values
  /** All that is stored now, in the form's own values. */
  readonly now: Values

  constructor(theirs: Values, now: Values) {
    super('Somebody else has changed it meanwhile.')
    this.theirs = theirs
    this.now = now
  }
}

/**
 * Puts edits on top of what is stored now. What only others have changed since the edits began stays theirs. Throws
 * `ChangedMeanwhile` where a field that is edited here has become something else.
 */
export function mergeEdits<Stored extends Values>(began: Stored, now: Stored, edits: Partial<Stored>): Stored {
  const theirs = changedValues(began, now)
  const clashes = Object.keys(changedValues(theirs, { ...theirs, ...edits })).filter((name) => name in theirs)
  if (clashes.length > 0) throw new ChangedMeanwhile(Object.fromEntries(clashes.map((name) => [name, now[name]])), now)
  return { ...now, ...edits }
}
