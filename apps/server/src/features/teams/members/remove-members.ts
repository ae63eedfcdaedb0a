import { defineErrors } from '../../../kernel/errors.ts'
import type { ProposalKind } from '../../../kernel/proposal.ts'
import { assertMayChangeTeams, teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import type { TeamMembers } from './add-members.ts'
import type { MemberReads, MemberWrites } from './member-store.ts'

const memberErrors = defineErrors('member', {
  not_in_team: {
    kind: 'not_found',
    message: (ids: readonly string[]) => `ids: the team has no member ${ids.join(', ')}.`,
  },
})

/** Takes users out of a team, the teams below it, and the rules of all of these. */
export const removeMembers: ProposalKind<TeamReads & MemberReads, MemberWrites, TeamMembers> = {
  type: 'team.remove-members',
  creates: false,
  async check(reads, { caller }, { teamId, ids }) {
    assertMayChangeTeams(caller)
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    const strangers = await reads.notMembers(team.id, ids)
    if (strangers.length > 0) throw memberErrors.not_in_team(strangers)
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, removed: ids } },
      touches: await reads.repositoriesReachedBy(team.id, ids),
      write: (writes) => writes.removeMembers(team.id, ids),
    }
  },
}
