import { accessErrors } from '../../../kernel/access.ts'
import { holds, type Principal } from '../../../kernel/principal.ts'
import { LEADER_FLAGS, type LeaderFlag, leaderErrors } from './leader.ts'

/** What leaders hold, at the head: whoever was made a leader leads at once, whatever is batched. */
export interface LeaderGrants {
  /** What the user's leaderships of the team and of teams above it grant together; undefined when there is none. */
  grantsOn(team: string, user: string): Promise<readonly LeaderFlag[] | undefined>
  /** True when the user leads a team. */
  leadsAny(user: string): Promise<boolean>
  /** Those of `teams` that the user leads, or leads a team above of. */
  ledAmong(user: string, teams: readonly string[]): Promise<readonly string[]>
}

/** Who may do what a flag of a leader is for, in words. */
export function whoMay(flag: LeaderFlag, team = 'the team'): string {
  return `allow_modify_teams, or ${flag} as a leader of ${team} or of one above it`
}

const EVERYTHING: ReadonlySet<LeaderFlag> = new Set(LEADER_FLAGS)

/** What the caller may do to the team and to those below it; undefined when they have no business with it at all. */
async function findGrants(
  leaders: LeaderGrants,
  caller: Principal,
  team: string,
): Promise<ReadonlySet<LeaderFlag> | undefined> {
  if (holds(caller, 'allow_modify_teams')) return EVERYTHING
  const granted = await leaders.grantsOn(team, caller.userId)
  return granted && new Set(granted)
}

/** What the caller may do to the team and to those below it; throws when they have no business with it at all. */
export async function grantsOn(
  leaders: LeaderGrants,
  caller: Principal,
  team: string,
): Promise<ReadonlySet<LeaderFlag>> {
  const granted = await findGrants(leaders, caller, team)
  if (!granted) throw accessErrors.flag_missing(['allow_modify_teams'])
  return granted
}

/** True when the caller may do this to the team. */
export async function mayOnTeam(
  leaders: LeaderGrants,
  caller: Principal,
  ...[team, flag]: [team: string, flag: LeaderFlag]
): Promise<boolean> {
  return (await findGrants(leaders, caller, team))?.has(flag) ?? false
}

/** Throws unless the caller may do this to the team: as an admin of teams, or as a leader of it or of one above. */
export async function requireOnTeam(
  leaders: LeaderGrants,
  caller: Principal,
  ...[team, flag]: [team: string, flag: LeaderFlag]
): Promise<void> {
  if (!(await grantsOn(leaders, caller, team)).has(flag)) throw leaderErrors.flag_missing(flag)
}

/**
 * Throws unless the caller may do this to the team above: what a team gets comes from there. Nothing is above a root
 * team but the admins.
 */
export async function requireAbove(
  leaders: LeaderGrants,
  caller: Principal,
  ...[parent, flag, act]: [parent: string | null, flag: LeaderFlag, act: string]
): Promise<void> {
  if (parent !== null) return await requireOnTeam(leaders, caller, parent, flag)
  if (holds(caller, 'allow_modify_teams')) return
  if (await leaders.leadsAny(caller.userId)) throw leaderErrors.admins_only(act)
  throw accessErrors.flag_missing(['allow_modify_teams'])
}

/** Throws unless the caller may look at the team: admins of teams or users, and whoever leads it or a team above. */
export async function requireTeamView(leaders: LeaderGrants, caller: Principal, team: string): Promise<void> {
  if (seesAllTeams(caller) || (await leaders.grantsOn(team, caller.userId))) return
  throw accessErrors.flag_missing(['allow_modify_teams', 'allow_view_users'])
}

/** Throws unless the caller may look at every one of the teams. */
export async function requireTeamsView(
  leaders: LeaderGrants,
  caller: Principal,
  teams: readonly string[],
): Promise<void> {
  if (seesAllTeams(caller)) return
  const led = new Set(await leaders.ledAmong(caller.userId, teams))
  if (!teams.every((team) => led.has(team))) throw accessErrors.flag_missing(['allow_modify_teams', 'allow_view_users'])
}

/** Throws unless the caller may look for what could be given to the team: whoever sees all teams, and who may give it. */
export async function requireChoice(
  leaders: LeaderGrants,
  caller: Principal,
  ...[team, flag]: [team: string, flag: LeaderFlag]
): Promise<void> {
  if (!seesAllTeams(caller)) await requireOnTeam(leaders, caller, team, flag)
}

/** What the caller may hand on to leaders of the team; throws when they may not appoint any. */
export async function grantsForLeaders(
  leaders: LeaderGrants,
  caller: Principal,
  team: string,
): Promise<ReadonlySet<LeaderFlag>> {
  const held = await grantsOn(leaders, caller, team)
  if (!held.has('manageLeaders')) throw leaderErrors.flag_missing('manageLeaders')
  return held
}

/** Throws unless all of `flags` are held: nobody gives, changes or takes what they do not have. */
export function assertHeld(held: ReadonlySet<LeaderFlag>, flags: Iterable<LeaderFlag>): void {
  const lacking = [...flags].filter((flag) => !held.has(flag))
  if (lacking.length > 0) throw leaderErrors.flags_not_held(lacking)
}

/** Which teams the caller is shown where none is named. */
export type TeamScope = 'all' | { readonly ledBy: string }

/** All teams for admins of teams or users; for leaders those they lead, and those below; throws for everybody else. */
export async function teamScopeOf(leaders: LeaderGrants, caller: Principal): Promise<TeamScope> {
  if (seesAllTeams(caller)) return 'all'
  if (await leaders.leadsAny(caller.userId)) return { ledBy: caller.userId }
  throw accessErrors.flag_missing(['allow_modify_teams', 'allow_view_users'])
}

function seesAllTeams(caller: Principal): boolean {
  return holds(caller, 'allow_modify_teams') || holds(caller, 'allow_view_users')
}
