import type { SampleSize } from './sample-facts.ts'

/** A million memberships. */
export const LARGE: SampleSize = { users: 100_000, teams: 10_000, permissions: 100_000, membersOfRule: 100 }
