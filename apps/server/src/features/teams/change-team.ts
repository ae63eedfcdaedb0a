import type { ProposalKind } from '../../kernel/proposal.ts'
import type { NewTeam } from './create-team.ts'
import { assertMayChangeTeams, nameKey, parseTeamName, type Team, teamErrors } from './team.ts'
import type { TeamReads, TeamWrites } from './team-store.ts'

export interface TeamChange extends NewTeam {
  readonly teamId: string
  readonly id?: string
}

/**
 * Gives a team the fields of `input`: what is left out is cleared, except that a team stays where it is unless
 * `parentTeam` is sent (null makes it a root team).
 */
export const changeTeam: ProposalKind<TeamReads, TeamWrites, TeamChange> = {
  type: 'team.change',
  creates: false,
  async check(reads, { caller }, input) {
    assertMayChangeTeams(caller)
    const before = await reads.findTeam(input.teamId)
    if (!before) throw teamErrors.not_found(input.teamId)
    if (input.id !== undefined && input.id !== before.id) throw teamErrors.other_id(before.id)
    const team: Team = {
      id: before.id,
      name: parseTeamName(input.name),
      parentTeam: input.parentTeam === undefined ? before.parentTeam : input.parentTeam,
      description: input.description ?? null,
      ldapAuthority: input.ldapAuthority ?? null,
      ldapFilter: input.ldapFilter ?? null,
    }
    const sibling = await reads.findSibling(team.parentTeam, nameKey(team.name))
    if (sibling !== undefined && sibling !== team.id) throw teamErrors.name_taken(team.name)
    if (team.parentTeam !== before.parentTeam && team.parentTeam !== null)
      await checkMove(reads, team.id, team.parentTeam)
    return {
      object: { type: 'team', id: team.id, details: { before, after: team } },
      touches: [],
      write: (writes) => writes.changeTeam(team),
    }
  },
}

async function checkMove(reads: TeamReads, id: string, parent: string): Promise<void> {
  if (!(await reads.findTeam(parent))) throw teamErrors.unknown_parent(parent)
  if (await reads.isAtOrBelow(parent, id)) throw teamErrors.under_itself()
  const outside = await reads.resourcesOutside(id, parent)
  if (outside.length > 0) throw teamErrors.resources_outside(outside)
}
