import type { ProposalKind } from '../../../kernel/proposal.ts'
import { type LeaderGrants, requireOnTeam } from '../leaders/leader-policy.ts'
import { teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import { resourceErrors } from './resource.ts'
import type { ResourceReads, ResourceWrites } from './resource-store.ts'

export interface TeamResources {
  readonly teamId: string
  readonly ids: readonly string[]
}

/** Takes resources from a team, from its subteams what nothing of theirs above covers any more, and the permissions on all of it. */
export const removeResources: ProposalKind<TeamReads & LeaderGrants & ResourceReads, ResourceWrites, TeamResources> = {
  type: 'team.remove-resources',
  creates: false,
  async check(reads, { caller }, { teamId, ids }) {
    await requireOnTeam(reads, caller, teamId, 'manageResources')
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    const unknown = await reads.notResources(team.id, ids)
    if (unknown.length > 0) throw resourceErrors.unknown_ids(unknown)
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, removed: ids } },
      touches: await reads.repositoriesSpokenOf(team.id, ids),
      write: (writes) => writes.removeResources(team.id, ids),
    }
  },
}
