import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeTeams, teamErrors } from './team.ts'
import type { TeamReads, TeamWrites } from './team-store.ts'

/** Deletes a team with its subteams and all that is theirs. */
export const deleteTeam: ProposalKind<TeamReads, TeamWrites, { readonly teamId: string }> = {
  type: 'team.delete',
  creates: false,
  async check(reads, { caller }, { teamId }) {
    assertMayChangeTeams(caller)
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, parentTeam: team.parentTeam } },
      touches: await reads.repositoriesOfSubtree(team.id),
      write: (writes) => writes.removeTeam(team.id),
    }
  },
}
