import { idParams, TeamBody, TeamDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { changeTeam } from './change-team.ts'
import { createTeam } from './create-team.ts'
import { deleteTeam } from './delete-team.ts'
import { getTeam } from './get-team.ts'
import { assertMayViewTeams } from './team.ts'
import type { TeamReadModel, TeamReads, TeamWrites } from './team-store.ts'

export interface TeamRoutesDeps {
  readonly model: ModelRoutes<TeamReads, TeamWrites>
  readonly teams: TeamReadModel
}

/** Who sees teams and who changes them, in words. */
export const TEAM_PERMISSIONS = {
  view: 'allow_modify_teams or allow_view_users',
  change: 'allow_modify_teams',
} as const

/** Operations on the tree of teams (seed: `/teams`, `/teams/{id}`). */
export function teamRoutes({ model, teams }: TeamRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listTeams',
      url: '/api/teams',
      summary: 'List the teams of the organisation',
      permission: TEAM_PERMISSIONS.view,
      may: assertMayViewTeams,
      entry: TeamDto,
      keys: ['name', 'description', 'parentTeam', 'id'],
      page: (view, request) => teams.list(view, request),
    }),
    model.change({
      name: 'createTeam',
      method: 'POST',
      url: '/api/teams',
      summary: 'Create a team',
      permission: TEAM_PERMISSIONS.change,
      body: TeamBody,
      kind: createTeam,
      input: ({ body: { id: _, ...team } }) => team,
    }),
    model.get({
      name: 'getTeam',
      url: '/api/teams/{id}',
      summary: 'Get a team',
      permission: TEAM_PERMISSIONS.view,
      may: assertMayViewTeams,
      params: idParams('id'),
      entry: TeamDto,
      get: (view, { id }) => getTeam({ teams }, view, id),
    }),
    model.change({
      name: 'changeTeam',
      method: 'PUT',
      url: '/api/teams/{id}',
      summary: 'Change a team, or move it below another',
      permission: TEAM_PERMISSIONS.change,
      params: idParams('id'),
      body: TeamBody,
      kind: changeTeam,
      input: ({ params, body }) => ({ ...body, teamId: params.id }),
    }),
    model.change({
      name: 'deleteTeam',
      method: 'DELETE',
      url: '/api/teams/{id}',
      summary: 'Delete a team with its subteams and all that is theirs',
      permission: TEAM_PERMISSIONS.change,
      params: idParams('id'),
      kind: deleteTeam,
      input: ({ params }) => ({ teamId: params.id }),
    }),
  ]
}
