import type { ProposalKind } from '../../../kernel/proposal.ts'
import { type UserReads, userErrors } from '../../users/index.ts'
import { type LeaderGrants, requireOnTeam } from '../leaders/leader-policy.ts'
import { teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import { checkJoining } from './check-joining.ts'
import type { MemberReads, MemberWrites } from './member-store.ts'

export interface TeamMembers {
  readonly teamId: string
  readonly ids: readonly string[]
}

type Reads = TeamReads & LeaderGrants & Pick<UserReads, 'unknownUsers'> & MemberReads

/** Adds users to a team, and so to every team above it. Membership alone gives no right: rules name their members. */
export const addMembers: ProposalKind<Reads, MemberWrites, TeamMembers> = {
  type: 'team.add-members',
  creates: false,
  async check(reads, { caller }, { teamId, ids }) {
    await requireOnTeam(reads, caller, teamId, 'manageMembers')
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    const unknown = await reads.unknownUsers(ids)
    if (unknown.length > 0) throw userErrors.unknown_ids(unknown)
    await checkJoining(reads, caller, { team, users: ids })
    return {
      object: { type: 'team', id: team.id, details: { name: team.name, added: ids } },
      touches: [],
      write: (writes) => writes.addMembers(team.id, ids),
    }
  },
}
