import { idParams, ResourceBody, ResourceDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import type { RepositoryReads } from '../../repositories/index.ts'
import { getTeam } from '../get-team.ts'
import { assertMayViewTeams } from '../team.ts'
import type { TeamReadModel, TeamReads } from '../team-store.ts'
import { TEAM_PERMISSIONS } from '../teams.http.ts'
import { addResource } from './add-resource.ts'
import type { ResourceReadModel, ResourceReads, ResourceWrites } from './resource-store.ts'

export interface ResourceRoutesDeps {
  readonly model: ModelRoutes<TeamReads & RepositoryReads & ResourceReads, ResourceWrites>
  readonly teams: TeamReadModel
  readonly resources: ResourceReadModel
}

/** Operations on what a team may hand out (seed: `/teams/{team_id}/resources`). */
export function resourceRoutes({ model, teams, resources }: ResourceRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listResources',
      url: '/api/teams/{team_id}/resources',
      summary: 'List the resources of a team',
      permission: TEAM_PERMISSIONS.view,
      may: assertMayViewTeams,
      params: idParams('team_id'),
      entry: ResourceDto,
      keys: ['repositoryName', 'path', 'id'],
      page: async (view, request, { team_id }) =>
        await resources.list(view, (await getTeam({ teams }, view, team_id)).id, request),
    }),
    model.change({
      name: 'addResource',
      method: 'POST',
      url: '/api/teams/{team_id}/resources',
      summary: 'Let a team hand out a path of a repository',
      permission: TEAM_PERMISSIONS.change,
      params: idParams('team_id'),
      body: ResourceBody,
      kind: addResource,
      input: ({ params, body: { id: _, ...resource } }) => ({ ...resource, teamId: params.team_id }),
    }),
  ]
}
