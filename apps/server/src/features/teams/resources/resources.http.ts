import { AvailableResourceDto, IdsBody, idParams, ResourceBody, ResourceDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import type { RepositoryReads, RepositoryWrites } from '../../repositories/index.ts'
import { getTeam } from '../get-team.ts'
import { type LeaderGrants, requireChoice, requireTeamView, whoMay } from '../leaders/leader-policy.ts'
import type { TeamReadModel, TeamReads } from '../team-store.ts'
import { TEAM_PERMISSIONS } from '../teams.http.ts'
import { addResource } from './add-resource.ts'
import { removeResources } from './remove-resources.ts'
import type { ResourceReadModel, ResourceReads, ResourceWrites } from './resource-store.ts'

export interface ResourceRoutesDeps {
  readonly model: ModelRoutes<
    TeamReads & LeaderGrants & RepositoryReads & ResourceReads,
    ResourceWrites & RepositoryWrites
  >
  readonly teams: TeamReadModel
  readonly leaders: LeaderGrants
  readonly resources: ResourceReadModel
}

const TEAM = idParams('team_id')
const IDS_LIMIT = 2 * 1024 * 1024

/** Operations on what a team may hand out (seed: `/teams/{team_id}/resources`). */
export function resourceRoutes(deps: ResourceRoutesDeps): Route[] {
  return [...resourceLists(deps), ...resourceChanges(deps)]
}

function resourceLists({ model, teams, leaders, resources }: ResourceRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listResources',
      url: '/api/teams/{team_id}/resources',
      summary: 'List the resources of a team',
      permission: TEAM_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: TEAM,
      entry: ResourceDto,
      keys: ['repositoryName', 'path', 'id'],
      page: async ({ view, request, params }) =>
        await resources.list(view, (await getTeam({ teams }, view, params.team_id)).id, request),
    }),
    model.list({
      name: 'listAvailableResources',
      url: '/api/teams/{team_id}/resources/available',
      summary: 'List what a team could still be given: of the team above, or of the repositories',
      permission: `allow_view_users, ${whoMay('manageResources')}`,
      may: (caller, { team_id }) => requireChoice(leaders, caller, team_id, 'manageResources'),
      params: TEAM,
      entry: AvailableResourceDto,
      keys: ['repositoryName', 'path'],
      page: async ({ view, request, params }) =>
        await resources.listAvailable(view, await getTeam({ teams }, view, params.team_id), request),
    }),
  ]
}

function resourceChanges({ model }: ResourceRoutesDeps): Route[] {
  return [
    model.change({
      name: 'addResource',
      method: 'POST',
      url: '/api/teams/{team_id}/resources',
      summary: 'Let a team hand out a path of a repository, or a data source',
      permission: 'allow_modify_teams, or manageResources as a leader of a team above',
      params: TEAM,
      body: ResourceBody,
      kind: addResource,
      input: ({ params, body: { id: _, ...resource } }) => ({ ...resource, teamId: params.team_id }),
    }),
    model.change({
      name: 'removeResources',
      method: 'POST',
      url: '/api/teams/{team_id}/resources/delete',
      summary: 'Take resources from a team, and with them what they cover: resources of subteams, permissions of rules',
      permission: whoMay('manageResources'),
      params: TEAM,
      body: IdsBody,
      bodyLimit: IDS_LIMIT,
      kind: removeResources,
      input: ({ params, body }) => ({ teamId: params.team_id, ids: body.ids }),
    }),
  ]
}
