import { idParams, PathQuery, PlacedStatementDto, pagedResultList, SpokenPathDto } from '@portreeve/contract'
import type { Static, TObject } from 'typebox'
import type { ModelView } from '../../../kernel/model-state.ts'
import type { Page } from '../../../kernel/page.ts'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import { assertMayViewRepositories, type RepositoryReadModel, repositoryErrors } from '../../repositories/index.ts'
import { parseRepositoryPath } from '../../teams/index.ts'
import { enclosingPaths } from './enclosing-paths.ts'
import type { PathPage, PathReadModel } from './path-read-model.ts'

export interface PathRoutesDeps {
  readonly model: ModelRoutes<unknown, unknown>
  readonly repositories: Pick<RepositoryReadModel, 'find'>
  readonly paths: PathReadModel
}

const PATH: TObject = SpokenPathDto
const STATEMENT: TObject = PlacedStatementDto

const COMMON = {
  permission: 'allow_modify_teams or allow_view_users',
  may: assertMayViewRepositories,
  params: idParams('id'),
  query: PathQuery,
} as const

/** Where in a repository rules speak, and what they say there [ours]. */
export function pathRoutes({ model, repositories, paths }: PathRoutesDeps): Route[] {
  const assertKnown = async (view: ModelView, id: string) => {
    if (!(await repositories.find(view, id))) throw repositoryErrors.not_found(id)
  }
  return [
    model.get({
      ...COMMON,
      name: 'listPathsBelow',
      url: '/api/repositories/{id}/paths',
      summary: 'List the paths directly below a path that rules speak of, or of something below them, by name',
      entry: pagedResultList(PATH),
      async get({ view, query, params: { id: repository } }) {
        await assertKnown(view, repository)
        const [path, page] = readQuery(query)
        return toPage(page, await paths.listBelow(view, { repository, path }, page))
      },
    }),
    model.get({
      ...COMMON,
      name: 'listStatementsAtPath',
      url: '/api/repositories/{id}/statements',
      summary: 'List what rules say at a path and at those above it, the nearest first',
      entry: pagedResultList(STATEMENT),
      async get({ view, query, params: { id: repository } }) {
        await assertKnown(view, repository)
        const [path, page] = readQuery(query)
        const where = { repository, paths: enclosingPaths(path) }
        const { items, total } = await paths.listStatements(view, where, page)
        const entries = items.map((said) => ({ ...said, inherited: said.path !== path }))
        return toPage(page, { items: entries, total })
      },
    }),
  ]
}

function readQuery({ path, pageNumber, pageSize }: Static<typeof PathQuery>): [path: string, page: PathPage] {
  return [parseRepositoryPath(path), { pageNumber, pageSize }]
}

function toPage({ pageNumber, pageSize }: PathPage, { items, total }: Page<object>) {
  return { pageNumber, pageSize, totalResults: total, totalPages: Math.ceil(total / pageSize), DTOs: items }
}
