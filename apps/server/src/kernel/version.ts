import { createHash } from 'node:crypto'
import { defineErrors } from './errors.ts'

/** Versions of a thing that a change was made for, one of which it must have: or any, where it is to be there at all. */
export type MeantVersions = '*' | readonly string[]

/** What a change of something that is there already may say besides: kept with its input while it waits for its turn. */
export interface Conditional {
  readonly ifMatch?: MeantVersions | undefined
}

export const versionErrors = defineErrors('request', {
  changed_meanwhile: {
    kind: 'outdated',
    message: () =>
      'Somebody has changed it since you read it, so nothing was changed. Read it again, with its new ETag; if your change is still meant, send it with that one.',
  },
})

/**
 * What tells one version of a thing from another: made from all that an interface shows of it, so whatever was changed and
 * changed back is the version that it was.
 */
export function versionOf(values: readonly (string | boolean | null)[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, DIGITS)
}

/** Of six bits: versions of one thing are told apart, and nobody gains by making two that are not. */
const DIGITS = 22

/**
 * Refuses a change that was made for another version than the thing has by now. To be asked in the proposal's `check`, where
 * nothing comes in between, and after what tells whether the caller may see it at all (RFC 9110, 13.2.1).
 */
export function requireVersion({ ifMatch = '*' }: Conditional, current: string): void {
  if (ifMatch !== '*' && !ifMatch.includes(current)) throw versionErrors.changed_meanwhile()
}
