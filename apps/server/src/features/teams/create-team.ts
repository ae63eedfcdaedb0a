import type { ProposalKind } from '../../kernel/proposal.ts'
import { assertMayChangeTeams, nameKey, parseTeamName, teamErrors } from './team.ts'
import type { TeamReads, TeamWrites } from './team-store.ts'

export interface NewTeam {
  readonly name: string
  readonly description?: string
  readonly parentTeam?: string | null
  readonly ldapAuthority?: string
  readonly ldapFilter?: string
}

/** Makes a root team, or a subteam of `parentTeam`. */
export const createTeam: ProposalKind<TeamReads, TeamWrites, NewTeam> = {
  type: 'team.create',
  creates: true,
  async check(reads, { caller, entityId }, input) {
    assertMayChangeTeams(caller)
    const name = parseTeamName(input.name)
    const parentTeam = input.parentTeam ?? null
    if (parentTeam !== null && !(await reads.findTeam(parentTeam))) throw teamErrors.unknown_parent(parentTeam)
    if (await reads.findSibling(parentTeam, nameKey(name))) throw teamErrors.name_taken(name)
    return {
      object: { type: 'team', id: entityId, details: { name, parentTeam } },
      touches: [],
      write: (writes) =>
        writes.insertTeam({
          id: entityId,
          name,
          parentTeam,
          description: input.description ?? null,
          ldapAuthority: input.ldapAuthority ?? null,
          ldapFilter: input.ldapFilter ?? null,
        }),
    }
  },
}
