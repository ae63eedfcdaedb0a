import type { Principal } from '../../kernel/principal.ts'
import { type LeaderGrants, mayOnTeam } from './leaders/leader-policy.ts'
import { memberErrors } from './members/member.ts'
import { teamErrors } from './team.ts'
import type { TeamReads } from './team-store.ts'

/**
 * Refuses a move to a team that is below the moved one, that does not have what it hands out, or above which its members
 * would get where the caller may not add them.
 */
export async function checkMove(
  reads: TeamReads & LeaderGrants,
  caller: Principal,
  { id, to }: { readonly id: string; readonly to: string },
): Promise<void> {
  if (await reads.isAtOrBelow(to, id)) throw teamErrors.under_itself()
  const outside = await reads.resourcesOutside(id, to)
  if (outside.length > 0) throw teamErrors.resources_outside(outside)
  const joined = await reads.teamsJoinedByMove(id, to)
  const fromDirectory = joined.find((team) => team.ldapFilter !== null)
  if (fromDirectory) throw teamErrors.members_from_directory(fromDirectory.name)
  const topmost = joined.at(-1)
  // Who is new to a team is new to those between it and the moved one too, and who may add members to it may to these.
  if (topmost && !(await mayOnTeam(reads, caller, topmost.id, 'manageMembers'))) {
    throw memberErrors.not_in_team_above([topmost.name])
  }
}
