import { refuseApps, requireFlag } from '../../../kernel/access.ts'
import { holds, type Principal } from '../../../kernel/principal.ts'
import type { ProposalKind } from '../../../kernel/proposal.ts'
import { checkNewUser, type NewUser, type UserReads, type UserWrites } from '../../users/index.ts'
import { leaderErrors } from '../leaders/leader.ts'
import type { LeaderGrants } from '../leaders/leader-policy.ts'
import type { TeamReads } from '../team-store.ts'
import { checkJoining } from './check-joining.ts'
import { memberErrors } from './member.ts'
import type { MemberReads, MemberWrites } from './member-store.ts'

export interface NewMember extends NewUser {
  readonly teamId: string
}

type Reads = TeamReads & LeaderGrants & UserReads & MemberReads

/** Makes a user and adds them to a team, in one revision: the one way in which a leader gets somebody an account. */
export const createMember: ProposalKind<Reads, UserWrites & MemberWrites, NewMember> = {
  type: 'team.create-member',
  creates: true,
  async check(reads, { caller, entityId }, { teamId, ...input }) {
    await requireMayCreate(reads, caller, teamId)
    if (input.passwordHash !== null) refuseApps(caller)
    const team = await reads.findTeam(teamId)
    if (!team) throw memberErrors.unknown_team(teamId)
    // A synchronisation goes by the entry first, so whoever says which one it is can pass a user off as anybody.
    if (input.ldapDn !== undefined && !holds(caller, 'allow_modify_users')) throw memberErrors.entry_given()
    await checkJoining(reads, caller, { team, users: [entityId] })
    const { touches, ...user } = await checkNewUser(reads, entityId, input)
    const { username, enabled } = user
    return {
      object: { type: 'user', id: entityId, details: { username, enabled, team: team.name } },
      // Nobody has rights by membership alone; but who is made without access must not have it until a batch is applied.
      atOnce: !enabled,
      touches,
      write: async (writes) => {
        await writes.insertUser(user)
        await writes.addMembers(team.id, [user.id])
      },
    }
  },
}

/** Admins need the flags for both halves, leaders `manageMembers` on this very team or on one above it. */
export async function requireMayCreate(leaders: LeaderGrants, caller: Principal, team: string): Promise<void> {
  if (holds(caller, 'allow_modify_teams') && holds(caller, 'allow_modify_users')) return
  const granted = await leaders.grantsOn(team, caller.userId)
  if (granted?.includes('manageMembers')) return
  if (granted) throw leaderErrors.flag_missing('manageMembers')
  requireFlag(caller, 'allow_modify_teams')
  requireFlag(caller, 'allow_modify_users')
}
