import type { ProposalKind } from '../../../kernel/proposal.ts'
import { teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import type { LeaderInput } from './appoint-leader.ts'
import { leaderErrors } from './leader.ts'
import { assertHeld, grantsForLeaders } from './leader-policy.ts'
import type { LeaderReads, LeaderWrites } from './leader-store.ts'

/** Takes the team admin permission from a user, all of whose flags the caller must hold. */
export const removeLeader: ProposalKind<
  TeamReads & LeaderReads,
  LeaderWrites,
  Pick<LeaderInput, 'teamId' | 'userId'>
> = {
  type: 'leader.remove',
  creates: false,
  async check(reads, { caller }, { teamId, userId }) {
    const held = await grantsForLeaders(reads, caller, teamId)
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    const leader = await reads.findLeader(team.id, userId)
    if (!leader) throw leaderErrors.not_found(userId)
    assertHeld(held, leader.flags)
    const details = { team: team.name, username: leader.username, flags: [...leader.flags] }
    return {
      object: { type: 'leader', id: leader.id, details },
      touches: [],
      write: (writes) => writes.removeLeader(leader.id),
    }
  },
}
