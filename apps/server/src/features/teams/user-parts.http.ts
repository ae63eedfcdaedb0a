import { idParams, TeamAdminPermissionDto, TeamDto } from '@portreeve/contract'
import type { ModelView } from '../../kernel/model-state.ts'
import type { Page, PageRequest } from '../../kernel/page.ts'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { assertMayViewUser, getUser, type UserReadModel } from '../users/index.ts'
import { type Leader, leaderFields } from './leaders/leader.ts'
import type { Team } from './team.ts'

type ListOfUser<T> = (view: ModelView, user: string, request: PageRequest) => Promise<Page<T>>

export interface UserPartRoutesDeps {
  readonly model: ModelRoutes<unknown, unknown>
  readonly users: Pick<UserReadModel, 'find'>
  readonly teamsOfUser: ListOfUser<Team>
  readonly leaderships: ListOfUser<Leader>
}

const PERMISSION = 'the user; allow_view_users, allow_modify_users or allow_modify_teams'
const PARAMS = idParams('user_id')

/** Operations on what a user has of teams (found in ACP's `UserResource`). */
export function userPartRoutes({ model, users, teamsOfUser, leaderships }: UserPartRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listTeamsOfUser',
      url: '/api/users/{user_id}/teams',
      summary: 'List the teams that a user is a member of',
      permission: PERMISSION,
      may: (caller, { user_id }) => assertMayViewUser(caller, user_id),
      params: PARAMS,
      entry: TeamDto,
      keys: ['name', 'description', 'parentTeam', 'id'],
      page: async ({ view, request, params }) => {
        const user = await getUser({ users }, view, params.user_id)
        return await teamsOfUser(view, user.id, request)
      },
    }),
    model.list({
      name: 'listLeaderships',
      url: '/api/users/{user_id}/leaderships',
      summary: 'List the team admin permissions of a user',
      permission: PERMISSION,
      may: (caller, { user_id }) => assertMayViewUser(caller, user_id),
      params: PARAMS,
      entry: TeamAdminPermissionDto,
      keys: ['ownerTeam', 'id'],
      page: async ({ view, request, params }) => {
        const user = await getUser({ users }, view, params.user_id)
        const { items, total } = await leaderships(view, user.id, request)
        return { total, items: items.map(leaderFields) }
      },
    }),
  ]
}
