import type { Tagged } from '@portreeve/client'
import { changedValues } from './changed-values.ts'

/** What a page shows has become something else since. */
export class ChangedSinceShown extends Error {
  override readonly name = 'ChangedSinceShown'

  constructor() {
    super('Somebody else has changed it since it was shown here, so nothing was done. Look at what it is now.')
  }
}

/**
 * Does something to a thing that is still what the page shows: for what nobody should do to anything else, as deleting it. Throws
 * `ChangedSinceShown`, or the server's refusal (412) of what changed between the look and the act.
 */
export async function asShown<Thing extends Readonly<Record<string, unknown>>, Result>(
  shown: Thing,
  read: () => Promise<Tagged<Thing>>,
  act: (meant: { readonly ifMatch: string }) => Promise<Result>,
): Promise<Result> {
  const { value, etag } = await read()
  // Both ways: what has no value any more is in one of them alone.
  const changed = [changedValues(shown, value), changedValues(value, shown)]
  if (changed.some((values) => Object.keys(values).length > 0)) throw new ChangedSinceShown()
  return await act({ ifMatch: etag })
}
