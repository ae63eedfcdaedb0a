import { idParams, RuleBody, RuleDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { assertMayViewTeams, type TeamReadModel, type TeamReads, teamErrors } from '../teams/index.ts'
import { createRule } from './create-rule.ts'
import { deleteRule } from './delete-rule.ts'
import { getRule } from './get-rule.ts'
import type { RuleReadModel, RuleReads, RuleWrites } from './rule-store.ts'

export interface RuleRoutesDeps {
  readonly model: ModelRoutes<TeamReads & RuleReads, RuleWrites>
  readonly teams: TeamReadModel
  readonly rules: RuleReadModel
}

/** Who sees rules and who changes them, in words. */
export const RULE_PERMISSIONS = {
  view: 'allow_modify_teams or allow_view_users',
  change: 'allow_modify_teams',
} as const

/** Operations on the rules of a team (seed: `/teams/{team_id}/rules`). */
export function ruleRoutes({ model, teams, rules }: RuleRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listRules',
      url: '/api/teams/{team_id}/rules',
      summary: 'List the rules of a team',
      permission: RULE_PERMISSIONS.view,
      may: assertMayViewTeams,
      params: idParams('team_id'),
      entry: RuleDto,
      keys: ['ruleName', 'description', 'audience', 'id'],
      page: async (view, request, { team_id }) => {
        const team = await teams.find(view, team_id)
        if (!team) throw teamErrors.not_found(team_id)
        return await rules.list(view, team.id, request)
      },
    }),
    model.change({
      name: 'createRule',
      method: 'POST',
      url: '/api/teams/{team_id}/rules',
      summary: 'Create a rule of a team',
      permission: `${RULE_PERMISSIONS.change}; an audience other than members: admins only`,
      params: idParams('team_id'),
      body: RuleBody,
      kind: createRule,
      input: ({ params, body: { id: _, ...rule } }) => ({ ...rule, teamId: params.team_id }),
    }),
    model.get({
      name: 'getRule',
      url: '/api/teams/{team_id}/rules/{rule_id}',
      summary: 'Get a rule',
      permission: RULE_PERMISSIONS.view,
      may: assertMayViewTeams,
      params: idParams('team_id', 'rule_id'),
      entry: RuleDto,
      get: (view, { team_id, rule_id }) => getRule({ rules }, view, { teamId: team_id, ruleId: rule_id }),
    }),
    model.change({
      name: 'deleteRule',
      method: 'DELETE',
      url: '/api/teams/{team_id}/rules/{rule_id}',
      summary: 'Delete a rule with its members and permissions',
      permission: RULE_PERMISSIONS.change,
      params: idParams('team_id', 'rule_id'),
      kind: deleteRule,
      input: ({ params }) => ({ teamId: params.team_id, ruleId: params.rule_id }),
    }),
  ]
}
