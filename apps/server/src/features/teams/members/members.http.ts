import { IdsBody, idParams, UserDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import type { UserReads } from '../../users/index.ts'
import { getTeam } from '../get-team.ts'
import { assertMayViewTeams } from '../team.ts'
import type { TeamReadModel, TeamReads } from '../team-store.ts'
import { TEAM_PERMISSIONS } from '../teams.http.ts'
import { addMembers } from './add-members.ts'
import type { MemberReadModel, MemberReads, MemberWrites } from './member-store.ts'
import { removeMembers } from './remove-members.ts'

export interface MemberRoutesDeps {
  readonly model: ModelRoutes<TeamReads & UserReads & MemberReads, MemberWrites>
  readonly teams: TeamReadModel
  readonly members: MemberReadModel
}

const IDS_LIMIT = 2 * 1024 * 1024

/** Operations on the members of a team (seed: `/teams/{team_id}/members`). */
export function memberRoutes({ model, teams, members }: MemberRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listMembers',
      url: '/api/teams/{team_id}/members',
      summary: 'List the members of a team',
      permission: TEAM_PERMISSIONS.view,
      may: assertMayViewTeams,
      params: idParams('team_id'),
      entry: UserDto,
      keys: ['username', 'email', 'displayName', 'enabled', 'id'],
      page: async (view, request, { team_id }) =>
        await members.list(view, (await getTeam({ teams }, view, team_id)).id, request),
    }),
    model.change({
      name: 'addMembers',
      method: 'POST',
      url: '/api/teams/{team_id}/members',
      summary: 'Add users to a team, and to every team above it',
      permission: TEAM_PERMISSIONS.change,
      params: idParams('team_id'),
      body: IdsBody,
      bodyLimit: IDS_LIMIT,
      kind: addMembers,
      input: ({ params, body }) => ({ teamId: params.team_id, ids: body.ids }),
    }),
    model.change({
      name: 'removeMembers',
      method: 'POST',
      url: '/api/teams/{team_id}/members/delete',
      summary: 'Remove users from a team, the teams below it and the rules of these',
      permission: TEAM_PERMISSIONS.change,
      params: idParams('team_id'),
      body: IdsBody,
      bodyLimit: IDS_LIMIT,
      kind: removeMembers,
      input: ({ params, body }) => ({ teamId: params.team_id, ids: body.ids }),
    }),
    model.change({
      name: 'addMember',
      method: 'POST',
      url: '/api/teams/{team_id}/members/{user_id}',
      summary: 'Add a user to a team, and to every team above it',
      permission: TEAM_PERMISSIONS.change,
      params: idParams('team_id', 'user_id'),
      kind: addMembers,
      input: ({ params }) => ({ teamId: params.team_id, ids: [params.user_id] }),
    }),
    model.change({
      name: 'removeMember',
      method: 'DELETE',
      url: '/api/teams/{team_id}/members/{user_id}',
      summary: 'Remove a user from a team, the teams below it and the rules of these',
      permission: TEAM_PERMISSIONS.change,
      params: idParams('team_id', 'user_id'),
      kind: removeMembers,
      input: ({ params }) => ({ teamId: params.team_id, ids: [params.user_id] }),
    }),
  ]
}
