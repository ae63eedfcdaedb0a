import type { ProposalKind } from '../../kernel/proposal.ts'
import { type Conditional, requireVersion } from '../../kernel/version.ts'
import { grantsOn, type LeaderGrants, requireAbove } from './leaders/leader-policy.ts'
import { teamErrors, versionOfTeam } from './team.ts'
import type { TeamReads, TeamWrites } from './team-store.ts'

export interface TeamDeletion extends Conditional {
  readonly teamId: string
}

/** Deletes a team with its subteams and all that is theirs, as whoever manages the subteams of the team above may. */
export const deleteTeam: ProposalKind<TeamReads & LeaderGrants, TeamWrites, TeamDeletion> = {
  type: 'team.delete',
  creates: false,
  async check(reads, { caller }, { teamId, ifMatch }) {
    await grantsOn(reads, caller, teamId)
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    await requireAbove(reads, caller, team.parentTeam, 'manageSubteams', 'delete root teams')
    requireVersion({ ifMatch }, versionOfTeam(team))
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, parentTeam: team.parentTeam } },
      touches: await reads.repositoriesOfSubtree(team.id),
      write: (writes) => writes.removeTeam(team.id),
    }
  },
}
