import type { Principal } from '../../../kernel/principal.ts'
import { type LeaderGrants, mayOnTeam } from '../leaders/leader-policy.ts'
import { type Team, teamErrors } from '../team.ts'
import { memberErrors } from './member.ts'
import type { MemberReads, TeamAbove } from './member-store.ts'

/**
 * Refuses users whom the caller may not make members of every team they would join: those above are joined as well. What a
 * directory fills nobody joins by hand.
 */
export async function checkJoining(
  reads: MemberReads & LeaderGrants,
  caller: Principal,
  { team, users }: { readonly team: Team; readonly users: readonly string[] },
): Promise<void> {
  if (team.ldapFilter !== null) throw teamErrors.members_from_directory(team.name)
  const above = await reads.teamsAbove(team.id)
  const filled = above.filter(({ ldapFilter }) => ldapFilter !== null)
  const barred = await teamsBarred(reads, caller, above)
  if (filled.length === 0 && barred.length === 0) return
  const named = [...filled, ...barred].map(({ id }) => id)
  const joined = new Set(await reads.joinedAmong(named, users))
  const fromDirectory = filled.find(({ id }) => joined.has(id))
  if (fromDirectory) throw teamErrors.members_from_directory(fromDirectory.name)
  const refused = barred.filter(({ id }) => joined.has(id)).map(({ name }) => name)
  if (refused.length > 0) throw memberErrors.not_in_team_above(refused)
}

/** Those of the teams above, from the top, that the caller may not add members to: who may to one may to all below it. */
async function teamsBarred(
  leaders: LeaderGrants,
  caller: Principal,
  above: readonly TeamAbove[],
): Promise<readonly TeamAbove[]> {
  const barred: TeamAbove[] = []
  for (const team of above.toReversed()) {
    if (await mayOnTeam(leaders, caller, team.id, 'manageMembers')) break
    barred.push(team)
  }
  return barred
}
