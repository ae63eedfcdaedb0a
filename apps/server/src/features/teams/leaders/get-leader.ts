import type { ModelView } from '../../../kernel/model-state.ts'
import { getTeam } from '../get-team.ts'
import type { TeamReadModel } from '../team-store.ts'
import { type Leader, leaderErrors } from './leader.ts'
import type { LeaderReadModel } from './leader-store.ts'

/** What makes the user a leader of the team; throws `team.not_found` or `leader.not_found`. */
export async function getLeader(
  deps: { readonly teams: TeamReadModel; readonly teamLeaders: LeaderReadModel },
  view: ModelView,
  of: { readonly teamId: string; readonly userId: string },
): Promise<Leader> {
  const team = await getTeam(deps, view, of.teamId)
  const leader = await deps.teamLeaders.find(view, team.id, of.userId)
  if (!leader) throw leaderErrors.not_found(of.userId)
  return leader
}
