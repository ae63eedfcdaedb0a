import { defineErrors } from '../../../kernel/errors.ts'

/** What a leader may do to a team and to all teams below it. */
export const LEADER_FLAGS = [
  'manageMembers',
  'manageRules',
  'manageResources',
  'manageSubteams',
  'manageLeaders',
  'manageTeam',
] as const

export type LeaderFlag = (typeof LEADER_FLAGS)[number]

/** A user with a team admin permission (seed: `TeamAdminPermissionDTO`). */
export interface Leader {
  readonly id: string
  readonly ownerTeam: string
  readonly ownerUser: string
  readonly username: string
  readonly flags: ReadonlySet<LeaderFlag>
}

export const leaderErrors = defineErrors('leader', {
  not_found: { kind: 'not_found', message: (user: string) => `User ${user} is no leader of this team.` },
  exists: {
    kind: 'invalid',
    message: (username: string) => `${username} leads this team already; change the permission with PUT.`,
  },
  other_id: {
    kind: 'invalid',
    message: (field: string, own: string) => `${field}: it is not that of the path; leave it out or send ${own}.`,
  },
  disabled: { kind: 'invalid', message: (username: string) => `${username} is disabled and cannot become a leader.` },
  flag_missing: {
    kind: 'forbidden',
    message: (flag: LeaderFlag) => `This needs ${flag} on the team, or on a team above it.`,
  },
  admins_only: {
    kind: 'forbidden',
    message: (act: string) => `Only admins with allow_modify_teams may ${act}.`,
  },
  flags_not_held: {
    kind: 'forbidden',
    message: (flags: readonly LeaderFlag[]) =>
      `Nobody can hand on, change or take away more than they hold; you lack ${flags.join(', ')} on this team.`,
  },
})

/** What a body may repeat of a permission. */
export type LeaderText = Omit<Leader, 'flags'>

const REPEATED = ['id', 'ownerTeam', 'ownerUser', 'username'] as const

/** Refuses a body that speaks of another permission than its path. */
export function assertOfPath(leader: Leader, said: Partial<LeaderText>): void {
  for (const field of REPEATED) {
    if ((said[field] ?? leader[field]) !== leader[field]) throw leaderErrors.other_id(field, leader[field])
  }
}

/** A leader as the interfaces show it: each flag a field. */
export function leaderFields({ flags, ...leader }: Leader) {
  return { ...leader, ...Object.fromEntries(LEADER_FLAGS.map((flag) => [flag, flags.has(flag)])) }
}
