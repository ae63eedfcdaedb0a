import type { ProposalKind } from '../../kernel/proposal.ts'
import { checkQuery, requireQueryAt } from './directory-query.ts'
import { type LeaderGrants, requireAbove } from './leaders/leader-policy.ts'
import { nameKey, parseTeamName, type Team, teamErrors } from './team.ts'
import type { TeamReads, TeamWrites } from './team-store.ts'

export interface NewTeam {
  readonly name: string
  readonly description?: string
  readonly parentTeam?: string | null
  readonly ldapAuthority?: string
  readonly ldapFilter?: string
}

/** `below`, when there is one, is the team to make it a subteam of; `parentTeam` must then be the same or absent. */
export interface TeamCreation extends NewTeam {
  readonly below?: string
}

/** Makes a root team, or a subteam of the team above, whose leaders may do so as well. */
export const createTeam: ProposalKind<TeamReads & LeaderGrants, TeamWrites, TeamCreation> = {
  type: 'team.create',
  creates: true,
  async check(reads, { caller, entityId }, input) {
    const parentTeam = input.below ?? input.parentTeam ?? null
    await requireAbove(reads, caller, parentTeam, 'manageSubteams', 'make root teams')
    const team: Team = {
      id: entityId,
      name: input.name,
      parentTeam,
      description: input.description ?? null,
      ldapAuthority: input.ldapAuthority ?? null,
      ldapFilter: input.ldapFilter ?? null,
    }
    if (team.ldapFilter !== null) await requireQueryAt(reads, caller, parentTeam)
    await checkParent(reads, input)
    parseTeamName(team.name)
    if (await reads.findSibling(parentTeam, nameKey(team.name))) throw teamErrors.name_taken(team.name)
    await checkQuery(reads, team)
    return {
      object: { type: 'team', id: entityId, details: { name: team.name, parentTeam } },
      touches: [],
      write: (writes) => writes.insertTeam(team),
    }
  },
}

async function checkParent(reads: TeamReads, { below, parentTeam }: TeamCreation): Promise<void> {
  if (below !== undefined) {
    if (!(await reads.findTeam(below))) throw teamErrors.not_found(below)
    if (parentTeam !== undefined && parentTeam !== below) throw teamErrors.other_parent(below)
  } else if (parentTeam && !(await reads.findTeam(parentTeam))) throw teamErrors.unknown_parent(parentTeam)
}
