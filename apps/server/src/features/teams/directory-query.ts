import type { Principal } from '../../kernel/principal.ts'
import { type LeaderGrants, requireAbove } from './leaders/leader-policy.ts'
import { type Team, teamErrors } from './team.ts'
import type { TeamReads } from './team-store.ts'

/** What a team takes its members from the directory by: both, or neither. */
export type DirectoryQuery = Pick<Team, 'ldapAuthority' | 'ldapFilter'>

/** Refuses half a query, one to a directory that is not known, and one that no directory would understand. */
export async function checkQuery(reads: TeamReads, { ldapAuthority, ldapFilter }: DirectoryQuery): Promise<void> {
  if ((ldapAuthority === null) !== (ldapFilter === null)) throw teamErrors.half_a_query()
  if (ldapAuthority !== null && !(await reads.hasAuthority(ldapAuthority))) {
    throw teamErrors.unknown_authority(ldapAuthority)
  }
  if (ldapFilter !== null) reads.assertFilter(ldapFilter, 'ldapFilter')
}

/**
 * Throws unless the caller may let a directory bring members into the team, and so into every team above it: whoever may
 * add them to the topmost of these may to all.
 */
export async function requireQueryAt(
  reads: TeamReads & LeaderGrants,
  caller: Principal,
  team: string | null,
): Promise<void> {
  const top = team === null ? null : await reads.topOf(team)
  await requireAbove(reads, caller, top, 'manageMembers', 'make root teams')
}
