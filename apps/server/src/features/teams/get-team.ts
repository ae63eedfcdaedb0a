import type { ModelView } from '../../kernel/model-state.ts'
import { type Team, teamErrors } from './team.ts'
import type { TeamReadModel } from './team-store.ts'

/** The team, in the state that is asked for; throws `team.not_found`. */
export async function getTeam(deps: { readonly teams: TeamReadModel }, view: ModelView, id: string): Promise<Team> {
  const team = await deps.teams.find(view, id)
  if (!team) throw teamErrors.not_found(id)
  return team
}
