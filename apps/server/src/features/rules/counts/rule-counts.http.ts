import { CountAnswer, CountsAnswer, CountsQuery, idParams } from '@portreeve/contract'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import { type LeaderGrants, requireTeamView, type TeamReadModel, teamErrors, teamScopeOf } from '../../teams/index.ts'
import type { RuleReadModel } from '../rule-store.ts'
import { RULE_PERMISSIONS } from '../rules.http.ts'
import { countRules } from './count-rules.ts'

export interface RuleCountRoutesDeps {
  readonly model: ModelRoutes<unknown, unknown>
  readonly leaders: LeaderGrants
  readonly teams: Pick<TeamReadModel, 'find'>
  readonly rules: RuleReadModel
}

/** How much belongs to rules, and how many there are (seed: `/teams/rules/counts`, `…/all`, `/teams/{team_id}/rules/counts`). */
export function ruleCountRoutes({ model, leaders, teams, rules }: RuleCountRoutesDeps): Route[] {
  return [
    model.get({
      name: 'countRules',
      url: '/api/teams/rules/counts',
      summary: 'Count the users and resources of rules of any team',
      permission: RULE_PERMISSIONS.viewAll,
      may: async (caller) => {
        await teamScopeOf(leaders, caller)
      },
      query: CountsQuery,
      entry: CountsAnswer,
      get: async ({ view, query, caller }) => {
        const scope = await teamScopeOf(leaders, caller)
        return { counts: await countRules({ rules }, view, { scope, ids: query.id }) }
      },
    }),
    model.get({
      name: 'countAllRules',
      url: '/api/teams/rules/counts/all',
      summary: 'Count the rules of all teams',
      permission: RULE_PERMISSIONS.viewAll,
      may: async (caller) => {
        await teamScopeOf(leaders, caller)
      },
      entry: CountAnswer,
      get: async ({ view, caller }) => await rules.countAll(view, await teamScopeOf(leaders, caller)),
    }),
    model.get({
      name: 'countTeamRules',
      url: '/api/teams/{team_id}/rules/counts',
      summary: 'Count the users and resources of rules of a team',
      permission: RULE_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: idParams('team_id'),
      query: CountsQuery,
      entry: CountsAnswer,
      get: async ({ view, query, params: { team_id } }) => {
        const team = await teams.find(view, team_id)
        if (!team) throw teamErrors.not_found(team_id)
        return { counts: await countRules({ rules }, view, { scope: { team: team.id }, ids: query.id }) }
      },
    }),
  ]
}
