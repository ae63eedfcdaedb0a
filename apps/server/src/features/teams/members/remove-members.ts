import type { ProposalKind } from '../../../kernel/proposal.ts'
import { type LeaderGrants, requireOnTeam } from '../leaders/leader-policy.ts'
import { teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import type { TeamMembers } from './add-members.ts'
import { memberErrors } from './member.ts'
import type { MemberReads, MemberWrites } from './member-store.ts'

/** Takes users out of a team, the teams below it, and the rules of all of these. */
export const removeMembers: ProposalKind<TeamReads & LeaderGrants & MemberReads, MemberWrites, TeamMembers> = {
  type: 'team.remove-members',
  creates: false,
  async check(reads, { caller }, { teamId, ids }) {
    await requireOnTeam(reads, caller, teamId, 'manageMembers')
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    const strangers = await reads.notMembers(team.id, ids)
    if (strangers.length > 0) throw memberErrors.not_in_team(strangers)
    // The next synchronisation would bring them back, to the team and to those above it.
    const [fromDirectory] = await reads.directoryTeamsOf(team.id, ids)
    if (fromDirectory !== undefined) throw teamErrors.members_from_directory(fromDirectory)
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, removed: ids } },
      touches: await reads.repositoriesReachedBy(team.id, ids),
      write: (writes) => writes.removeMembers(team.id, ids),
    }
  },
}
