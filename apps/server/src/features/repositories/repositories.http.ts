import { idParams, RepositoryBody, RepositoryDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { createRepository } from './create-repository.ts'
import { assertMayViewRepositories, repositoryErrors } from './repository.ts'
import type { RepositoryReadModel, RepositoryReads, RepositoryWrites } from './repository-store.ts'

export interface RepositoryRoutesDeps {
  readonly model: ModelRoutes<RepositoryReads, RepositoryWrites>
  readonly repositories: RepositoryReadModel
}

const VIEW = 'allow_modify_teams or allow_view_users'

/** Operations on repositories. */
export function repositoryRoutes({ model, repositories }: RepositoryRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listRepositories',
      url: '/api/repositories',
      summary: 'List the repositories of the organisation',
      permission: VIEW,
      may: assertMayViewRepositories,
      entry: RepositoryDto,
      keys: ['name', 'description', 'type', 'id'],
      page: ({ view, request }) => repositories.list(view, request),
    }),
    model.change({
      name: 'createRepository',
      method: 'POST',
      url: '/api/repositories',
      summary: 'Make a repository known',
      permission: 'allow_modify_teams',
      body: RepositoryBody,
      kind: createRepository,
      input: ({ body: { id: _, ...repository } }) => repository,
    }),
    model.get({
      name: 'getRepository',
      url: '/api/repositories/{id}',
      summary: 'Get a repository',
      permission: VIEW,
      may: assertMayViewRepositories,
      params: idParams('id'),
      entry: RepositoryDto,
      get: async ({ view, params: { id } }) => {
        const repository = await repositories.find(view, id)
        if (!repository) throw repositoryErrors.not_found(id)
        return repository
      },
    }),
  ]
}
