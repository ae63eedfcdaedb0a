import { idParams, RuleBody, RuleDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import {
  type LeaderGrants,
  requireTeamView,
  type TeamReadModel,
  type TeamReads,
  teamErrors,
  teamScopeOf,
  whoMay,
} from '../teams/index.ts'
import { changeRule } from './change-rule.ts'
import { createRule } from './create-rule.ts'
import { deleteRule } from './delete-rule.ts'
import { getRule } from './get-rule.ts'
import { versionOfRule } from './rule.ts'
import type { RuleReadModel, RuleReads, RuleWrites } from './rule-store.ts'

export interface RuleRoutesDeps {
  readonly model: ModelRoutes<TeamReads & RuleReads & LeaderGrants, RuleWrites>
  readonly leaders: LeaderGrants
  readonly teams: Pick<TeamReadModel, 'find'>
  readonly rules: RuleReadModel
}

/** Who sees rules and who changes them, in words. */
export const RULE_PERMISSIONS = {
  view: 'allow_modify_teams, allow_view_users, or a leader of the team',
  viewAll: 'allow_modify_teams, allow_view_users; leaders, of what they lead',
  change: `${whoMay('manageRules')}; any other audience than members: admins only`,
} as const

const RULE_KEYS = ['ruleName', 'description', 'audience', 'ownerTeam', 'id'] as const

/** Operations on rules (seed: `/teams/rules`, `/teams/{team_id}/rules`). */
export function ruleRoutes(deps: RuleRoutesDeps): Route[] {
  return [...listRoutes(deps), ...oneRuleRoutes(deps)]
}

function listRoutes({ model, leaders, teams, rules }: RuleRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listAllRules',
      url: '/api/teams/rules',
      summary: 'List the rules of all teams',
      permission: RULE_PERMISSIONS.viewAll,
      may: async (caller) => {
        await teamScopeOf(leaders, caller)
      },
      entry: RuleDto,
      keys: RULE_KEYS,
      page: async ({ view, request, caller }) => await rules.list(view, await teamScopeOf(leaders, caller), request),
    }),
    model.list({
      name: 'listRules',
      url: '/api/teams/{team_id}/rules',
      summary: 'List the rules of a team',
      permission: RULE_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: idParams('team_id'),
      entry: RuleDto,
      keys: RULE_KEYS,
      page: async ({ view, request, params: { team_id } }) => {
        const team = await teams.find(view, team_id)
        if (!team) throw teamErrors.not_found(team_id)
        return await rules.list(view, { team: team.id }, request)
      },
    }),
    model.change({
      name: 'createRule',
      method: 'POST',
      url: '/api/teams/{team_id}/rules',
      summary: 'Create a rule of a team',
      permission: RULE_PERMISSIONS.change,
      params: idParams('team_id'),
      body: RuleBody,
      kind: createRule,
      input: ({ params, body: { id: _, ...rule } }) => ({ ...rule, teamId: params.team_id }),
    }),
  ]
}

function oneRuleRoutes({ model, leaders, rules }: RuleRoutesDeps): Route[] {
  return [
    model.get({
      name: 'getRule',
      url: '/api/teams/{team_id}/rules/{rule_id}',
      summary: 'Get a rule',
      permission: RULE_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: idParams('team_id', 'rule_id'),
      entry: RuleDto,
      versionOf: versionOfRule,
      get: ({ view, params: { team_id, rule_id } }) => getRule({ rules }, view, { teamId: team_id, ruleId: rule_id }),
    }),
    model.change({
      name: 'changeRule',
      method: 'PUT',
      url: '/api/teams/{team_id}/rules/{rule_id}',
      summary: 'Change the name, description or audience of a rule',
      permission: RULE_PERMISSIONS.change,
      params: idParams('team_id', 'rule_id'),
      body: RuleBody,
      kind: changeRule,
      versioned: true,
      input: ({ params, body, ifMatch }) => ({ ...body, teamId: params.team_id, ruleId: params.rule_id, ifMatch }),
    }),
    model.change({
      name: 'deleteRule',
      method: 'DELETE',
      url: '/api/teams/{team_id}/rules/{rule_id}',
      summary: 'Delete a rule with its members and permissions',
      permission: RULE_PERMISSIONS.change,
      params: idParams('team_id', 'rule_id'),
      kind: deleteRule,
      versioned: true,
      input: ({ params, ifMatch }) => ({ teamId: params.team_id, ruleId: params.rule_id, ifMatch }),
    }),
  ]
}
