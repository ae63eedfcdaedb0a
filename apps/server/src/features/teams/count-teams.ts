import type { ModelView } from '../../kernel/model-state.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type LeaderGrants, requireTeamsView, teamScopeOf } from './leaders/leader-policy.ts'
import { teamErrors } from './team.ts'
import type { TeamCounts, TeamReadModel } from './team-store.ts'

/** Counts for these teams, or for all that the caller may see; throws `team.unknown_ids` when one is not there. */
export async function countTeams(
  { teams, leaders }: { readonly teams: TeamReadModel; readonly leaders: LeaderGrants },
  view: ModelView,
  { caller, ids }: { readonly caller: Principal; readonly ids: readonly string[] | undefined },
): Promise<readonly TeamCounts[]> {
  if (ids === undefined) return await teams.count(view, await teamScopeOf(leaders, caller))
  await requireTeamsView(leaders, caller, ids)
  const counts = await teams.count(view, { ids })
  const known = new Set(counts.map(({ id }) => id))
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length > 0) throw teamErrors.unknown_ids(unknown)
  return counts
}
