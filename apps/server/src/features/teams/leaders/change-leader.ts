import type { ProposalKind } from '../../../kernel/proposal.ts'
import { teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import type { LeaderInput } from './appoint-leader.ts'
import { assertOfPath, leaderErrors } from './leader.ts'
import { assertHeld, grantsForLeaders } from './leader-policy.ts'
import type { LeaderReads, LeaderWrites } from './leader-store.ts'

/** Gives a leader these flags and no others. The caller must hold those before and those after. */
export const changeLeader: ProposalKind<TeamReads & LeaderReads, LeaderWrites, LeaderInput> = {
  type: 'leader.change',
  creates: false,
  async check(reads, { caller }, { teamId, userId, flags, said }) {
    const held = await grantsForLeaders(reads, caller, teamId)
    assertHeld(held, flags)
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    const before = await reads.findLeader(team.id, userId)
    if (!before) throw leaderErrors.not_found(userId)
    assertHeld(held, before.flags)
    assertOfPath(before, said)
    const { username } = before
    return {
      object: {
        type: 'leader',
        id: before.id,
        details: { team: team.name, username, before: [...before.flags], after: flags },
      },
      touches: [],
      write: (writes) => writes.changeLeader({ ...before, flags: new Set(flags) }),
    }
  },
}
