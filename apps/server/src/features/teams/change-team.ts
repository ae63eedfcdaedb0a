import type { Principal } from '../../kernel/principal.ts'
import type { ProposalKind } from '../../kernel/proposal.ts'
import { type Conditional, requireVersion } from '../../kernel/version.ts'
import type { NewTeam } from './create-team.ts'
import { checkQuery, requireQueryAt } from './directory-query.ts'
import { grantsOn, type LeaderGrants, requireAbove, requireOnTeam } from './leaders/leader-policy.ts'
import { checkMove } from './move-team.ts'
import { nameKey, parseTeamName, type Team, teamErrors, versionOfTeam } from './team.ts'
import type { TeamReads, TeamWrites } from './team-store.ts'

export interface TeamChange extends NewTeam, Conditional {
  readonly teamId: string
  readonly id?: string
}

type Reads = TeamReads & LeaderGrants

/**
 * Gives a team the fields of `input`: what is left out is cleared, except that a team stays where it is unless
 * `parentTeam` is sent (null makes it a root team).
 */
export const changeTeam: ProposalKind<Reads, TeamWrites, TeamChange> = {
  type: 'team.change',
  creates: false,
  async check(reads, { caller }, input) {
    await grantsOn(reads, caller, input.teamId)
    const before = await reads.findTeam(input.teamId)
    if (!before) throw teamErrors.not_found(input.teamId)
    requireVersion(input, versionOfTeam(before))
    const team: Team = {
      id: before.id,
      name: input.name,
      parentTeam: input.parentTeam === undefined ? before.parentTeam : input.parentTeam,
      description: input.description ?? null,
      ldapAuthority: input.ldapAuthority ?? null,
      ldapFilter: input.ldapFilter ?? null,
    }
    const change = { before, team, moves: team.parentTeam !== before.parentTeam }
    await requireRights(reads, caller, change)
    await checkFields(reads, change, input.id)
    if (change.moves && team.parentTeam !== null) await checkMove(reads, caller, { id: team.id, to: team.parentTeam })
    return {
      object: { type: 'team', id: team.id, details: { before, after: team } },
      touches: [],
      write: async (writes) => {
        await writes.changeTeam(team)
        if (change.moves) await writes.liftMembers(team.id)
      },
    }
  },
}

interface Difference {
  readonly before: Team
  readonly team: Team
  readonly moves: boolean
}

/** A team's own fields are its leaders' matter, its place that of the teams above: the one it leaves and the one it gets. */
async function requireRights(reads: Reads, caller: Principal, { before, team, moves }: Difference): Promise<void> {
  const isSame = (field: keyof Team) => before[field] === team[field]
  const keepsQuery = isSame('ldapAuthority') && isSame('ldapFilter')
  if (!moves || !keepsQuery || !isSame('name') || !isSame('description')) {
    await requireOnTeam(reads, caller, team.id, 'manageTeam')
  }
  if (moves) {
    await requireAbove(reads, caller, before.parentTeam, 'manageSubteams', 'move root teams')
    await requireAbove(reads, caller, team.parentTeam, 'manageSubteams', 'make root teams')
  }
  // A moved team takes its query along, and those below it: from now on they fill the teams above its new place.
  const bringsQuery = team.ldapFilter !== null ? moves || !keepsQuery : moves && (await reads.queriesBelow(team.id))
  if (bringsQuery) await requireQueryAt(reads, caller, moves ? team.parentTeam : team.id)
}

async function checkFields(reads: Reads, { team, moves }: Difference, id: string | undefined): Promise<void> {
  if (moves && team.parentTeam !== null && !(await reads.findTeam(team.parentTeam))) {
    throw teamErrors.unknown_parent(team.parentTeam)
  }
  if (id !== undefined && id !== team.id) throw teamErrors.other_id(team.id)
  parseTeamName(team.name)
  const sibling = await reads.findSibling(team.parentTeam, nameKey(team.name))
  if (sibling !== undefined && sibling !== team.id) throw teamErrors.name_taken(team.name)
  await checkQuery(reads, team)
}
