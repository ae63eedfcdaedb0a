import type { ProposalKind } from '../../../kernel/proposal.ts'
import { type UserReads, userErrors } from '../../users/index.ts'
import { assertMayChangeTeams, teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import type { MemberWrites } from './member-store.ts'

export interface TeamMembers {
  readonly teamId: string
  readonly ids: readonly string[]
}

/** Adds users to a team, and so to every team above it. Membership alone gives no right: rules name their members. */
export const addMembers: ProposalKind<TeamReads & UserReads, MemberWrites, TeamMembers> = {
  type: 'team.add-members',
  creates: false,
  async check(reads, { caller }, { teamId, ids }) {
    assertMayChangeTeams(caller)
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    const unknown = await reads.unknownUsers(ids)
    if (unknown.length > 0) throw userErrors.unknown_ids(unknown)
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, added: ids } },
      touches: [],
      write: (writes) => writes.addMembers(team.id, ids),
    }
  },
}
