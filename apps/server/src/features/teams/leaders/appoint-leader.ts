import type { ProposalKind } from '../../../kernel/proposal.ts'
import { type AccountReads, userErrors } from '../../users/index.ts'
import { teamErrors } from '../team.ts'
import type { TeamReads } from '../team-store.ts'
import { assertOfPath, type Leader, type LeaderFlag, type LeaderText, leaderErrors } from './leader.ts'
import { assertHeld, grantsForLeaders } from './leader-policy.ts'
import type { LeaderReads, LeaderWrites } from './leader-store.ts'

/** A team admin permission as it is asked for. */
export interface LeaderInput {
  readonly teamId: string
  readonly userId: string
  readonly flags: readonly LeaderFlag[]
  /** What the body says besides, which must be what the path says. */
  readonly said: Partial<LeaderText>
}

type Reads = TeamReads & LeaderReads & Pick<AccountReads, 'findAccount'>

/** Makes a user a leader of a team and of all teams below it, with no more flags than the caller has there. */
export const appointLeader: ProposalKind<Reads, LeaderWrites, LeaderInput> = {
  type: 'leader.appoint',
  creates: true,
  async check(reads, { caller, entityId }, { teamId, userId, flags, said }) {
    assertHeld(await grantsForLeaders(reads, caller, teamId), flags)
    const team = await reads.findTeam(teamId)
    if (!team) throw teamErrors.not_found(teamId)
    const user = await reads.findAccount(userId)
    if (!user) throw userErrors.not_found(userId)
    const leader: Leader = {
      id: entityId,
      ownerTeam: team.id,
      ownerUser: user.id,
      username: user.username,
      flags: new Set(flags),
    }
    // Ids of what is made are chosen here, as everywhere, whatever is sent.
    assertOfPath(leader, { ...said, id: entityId })
    if (!user.enabled) throw leaderErrors.disabled(user.username)
    if (await reads.findLeader(team.id, user.id)) throw leaderErrors.exists(user.username)
    return {
      object: { type: 'leader', id: entityId, details: { team: team.name, username: user.username, flags } },
      touches: [],
      write: (writes) => writes.insertLeader(leader),
    }
  },
}
