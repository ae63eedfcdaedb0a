import { CountsAnswer, CountsQuery, idParams, TeamBody, TeamDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { changeTeam } from './change-team.ts'
import { countTeams } from './count-teams.ts'
import { createTeam } from './create-team.ts'
import { deleteTeam } from './delete-team.ts'
import { getTeam } from './get-team.ts'
import { type LeaderGrants, requireTeamView, teamScopeOf, whoMay } from './leaders/leader-policy.ts'
import { versionOfTeam } from './team.ts'
import type { TeamReadModel, TeamReads, TeamWrites } from './team-store.ts'

export interface TeamRoutesDeps {
  readonly model: ModelRoutes<TeamReads & LeaderGrants, TeamWrites>
  readonly teams: TeamReadModel
  readonly leaders: LeaderGrants
}

/** Who sees teams, in words. */
export const TEAM_PERMISSIONS = {
  list: 'allow_modify_teams or allow_view_users; leaders, for what they lead',
  view: 'allow_modify_teams, allow_view_users, or a leader of the team or of one above it',
} as const

const TEAM_KEYS = ['name', 'description', 'parentTeam', 'ldapAuthority', 'id'] as const

/** Operations on the tree of teams (seed: `/teams`, `/teams/counts`, `/teams/{id}`, `/teams/{team_id}/subteams`). */
export function teamRoutes(deps: TeamRoutesDeps): Route[] {
  return [...teamReads(deps), ...teamChanges(deps)]
}

function teamReads({ model, teams, leaders }: TeamRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listTeams',
      url: '/api/teams',
      summary: 'List the teams of the organisation',
      permission: TEAM_PERMISSIONS.list,
      may: async (caller) => void (await teamScopeOf(leaders, caller)),
      entry: TeamDto,
      keys: TEAM_KEYS,
      page: async ({ view, request, caller }) => await teams.list(view, await teamScopeOf(leaders, caller), request),
    }),
    model.get({
      name: 'countTeams',
      url: '/api/teams/counts',
      summary: 'Count members, resources, rules and subteams of teams',
      permission: TEAM_PERMISSIONS.list,
      may: async (caller) => void (await teamScopeOf(leaders, caller)),
      query: CountsQuery,
      entry: CountsAnswer,
      get: async ({ view, query, caller }) => ({
        counts: await countTeams({ teams, leaders }, view, { caller, ids: query.id }),
      }),
    }),
    model.get({
      name: 'getTeam',
      url: '/api/teams/{id}',
      summary: 'Get a team',
      permission: TEAM_PERMISSIONS.view,
      may: (caller, { id }) => requireTeamView(leaders, caller, id),
      params: idParams('id'),
      entry: TeamDto,
      versionOf: versionOfTeam,
      get: ({ view, params }) => getTeam({ teams }, view, params.id),
    }),
    model.list({
      name: 'listSubteams',
      url: '/api/teams/{team_id}/subteams',
      summary: 'List the teams directly below a team',
      permission: TEAM_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: idParams('team_id'),
      entry: TeamDto,
      keys: TEAM_KEYS,
      page: async ({ view, request, params }) =>
        await teams.listSubteams(view, (await getTeam({ teams }, view, params.team_id)).id, request),
    }),
  ]
}

function teamChanges({ model }: TeamRoutesDeps): Route[] {
  return [
    model.change({
      name: 'createTeam',
      method: 'POST',
      url: '/api/teams',
      summary: 'Create a team',
      permission: whoMay('manageSubteams', 'the team above'),
      body: TeamBody,
      kind: createTeam,
      input: ({ body: { id: _, ...team } }) => team,
    }),
    model.change({
      name: 'createSubteam',
      method: 'POST',
      url: '/api/teams/{team_id}/subteams',
      summary: 'Create a team below a team',
      permission: whoMay('manageSubteams'),
      params: idParams('team_id'),
      body: TeamBody,
      kind: createTeam,
      input: ({ params, body: { id: _, ...team } }) => ({ ...team, below: params.team_id }),
    }),
    model.change({
      name: 'changeTeam',
      method: 'PUT',
      url: '/api/teams/{id}',
      summary: 'Change a team, or move it below another',
      permission: `${whoMay('manageTeam')}; to move it, manageSubteams of the team above, before and after`,
      params: idParams('id'),
      body: TeamBody,
      kind: changeTeam,
      versioned: true,
      input: ({ params, body, ifMatch }) => ({ ...body, teamId: params.id, ifMatch }),
    }),
    model.change({
      name: 'deleteTeam',
      method: 'DELETE',
      url: '/api/teams/{id}',
      summary: 'Delete a team with its subteams and all that is theirs',
      permission: whoMay('manageSubteams', 'the team above'),
      params: idParams('id'),
      kind: deleteTeam,
      versioned: true,
      input: ({ params, ifMatch }) => ({ teamId: params.id, ifMatch }),
    }),
  ]
}
