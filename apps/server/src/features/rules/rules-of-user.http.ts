import { idParams, RuleDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { assertMayViewUser, getUser, type UserReadModel } from '../users/index.ts'
import type { RuleReadModel } from './rule-store.ts'

export interface RulesOfUserRoutesDeps {
  readonly model: ModelRoutes<unknown, unknown>
  readonly users: Pick<UserReadModel, 'find'>
  readonly rules: Pick<RuleReadModel, 'listOfUser'>
}

/** The rules that name a user (found in ACP's `UserResource`). */
export function rulesOfUserRoutes({ model, users, rules }: RulesOfUserRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listRulesOfUser',
      url: '/api/users/{user_id}/rules',
      summary: 'List the rules that name a user',
      permission: 'the user; allow_view_users, allow_modify_users or allow_modify_teams',
      may: (caller, { user_id }) => assertMayViewUser(caller, user_id),
      params: idParams('user_id'),
      entry: RuleDto,
      keys: ['ruleName', 'description', 'ownerTeam', 'audience', 'id'],
      page: async ({ view, request, params }) => {
        const user = await getUser({ users }, view, params.user_id)
        return await rules.listOfUser(view, user.id, request)
      },
    }),
  ]
}
