import {
  dtoListBody,
  IdsBody,
  idParams,
  ResourcePermissionBody,
  ResourcePermissionChangeBody,
  ResourcePermissionDto,
  UserDto,
} from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { type LeaderGrants, type MemberReads, requireTeamView } from '../teams/index.ts'
import type { UserReads } from '../users/index.ts'
import { addPermissions } from './add-permissions.ts'
import { addRuleMembers } from './add-rule-members.ts'
import { changePermissions } from './change-permissions.ts'
import { getRule } from './get-rule.ts'
import { removePermissions } from './remove-permissions.ts'
import { removeRuleMembers } from './remove-rule-members.ts'
import type { RuleReadModel, RuleReads, RuleWrites } from './rule-store.ts'
import { RULE_PERMISSIONS } from './rules.http.ts'

export interface RulePartRoutesDeps {
  readonly model: ModelRoutes<RuleReads & LeaderGrants & MemberReads & UserReads, RuleWrites>
  readonly leaders: LeaderGrants
  readonly rules: RuleReadModel
}

const PARAMS = idParams('team_id', 'rule_id')
const USER_KEYS = ['username', 'email', 'displayName', 'enabled', 'id'] as const
const IDS_LIMIT = 2 * 1024 * 1024
const PERMISSIONS_LIMIT = 8 * 1024 * 1024

/** Operations on whom a rule names and what it grants (seed: `…/rules/{rule_id}/members`, `…/resourcepermissions`). */
export function rulePartRoutes(deps: RulePartRoutesDeps): Route[] {
  return [...memberRoutes(deps), ...permissionRoutes(deps)]
}

function memberRoutes({ model, leaders, rules }: RulePartRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listRuleMembers',
      url: '/api/teams/{team_id}/rules/{rule_id}/members',
      summary: 'List the users a rule names',
      permission: RULE_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: PARAMS,
      entry: UserDto,
      keys: USER_KEYS,
      page: async ({ view, request, params: { team_id, rule_id } }) => {
        const rule = await getRule({ rules }, view, { teamId: team_id, ruleId: rule_id })
        return await rules.listMembers(view, rule.id, request)
      },
    }),
    model.list({
      name: 'listAvailableRuleMembers',
      url: '/api/teams/{team_id}/rules/{rule_id}/members/available',
      summary: 'List the members of the team whom a rule does not name',
      permission: RULE_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: PARAMS,
      entry: UserDto,
      keys: USER_KEYS,
      page: async ({ view, request, params: { team_id, rule_id } }) => {
        const rule = await getRule({ rules }, view, { teamId: team_id, ruleId: rule_id })
        return await rules.listAvailable(view, rule.id, request)
      },
    }),
    model.change({
      name: 'addRuleMembers',
      method: 'POST',
      url: '/api/teams/{team_id}/rules/{rule_id}/members',
      summary: 'Name members of the team in a rule',
      permission: RULE_PERMISSIONS.change,
      params: PARAMS,
      body: IdsBody,
      bodyLimit: IDS_LIMIT,
      kind: addRuleMembers,
      input: ({ params, body }) => ({ teamId: params.team_id, ruleId: params.rule_id, ids: body.ids }),
    }),
    model.change({
      name: 'removeRuleMembers',
      method: 'POST',
      url: '/api/teams/{team_id}/rules/{rule_id}/members/delete',
      summary: 'Take users out of a rule',
      permission: RULE_PERMISSIONS.change,
      params: PARAMS,
      body: IdsBody,
      bodyLimit: IDS_LIMIT,
      kind: removeRuleMembers,
      input: ({ params, body }) => ({ teamId: params.team_id, ruleId: params.rule_id, ids: body.ids }),
    }),
  ]
}

function permissionRoutes({ model, leaders, rules }: RulePartRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listResourcePermissions',
      url: '/api/teams/{team_id}/rules/{rule_id}/resourcepermissions',
      summary: 'List what a rule says of which paths',
      permission: RULE_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: PARAMS,
      entry: ResourcePermissionDto,
      keys: ['path', 'permissionType', 'ownerResource', 'id'],
      page: async ({ view, request, params: { team_id, rule_id } }) => {
        const rule = await getRule({ rules }, view, { teamId: team_id, ruleId: rule_id })
        return await rules.listPermissions(view, rule.id, request)
      },
    }),
    model.change({
      name: 'addResourcePermissions',
      method: 'POST',
      url: '/api/teams/{team_id}/rules/{rule_id}/resourcepermissions',
      summary: 'Let a rule speak of paths at or below resources of its team',
      permission: RULE_PERMISSIONS.change,
      params: PARAMS,
      body: dtoListBody(ResourcePermissionBody),
      bodyLimit: PERMISSIONS_LIMIT,
      kind: addPermissions,
      input: ({ params, body }) => ({ teamId: params.team_id, ruleId: params.rule_id, DTOs: body.DTOs }),
    }),
    model.change({
      name: 'changeResourcePermissions',
      method: 'PUT',
      url: '/api/teams/{team_id}/rules/{rule_id}/resourcepermissions',
      summary: 'Change what a rule says of which paths',
      permission: RULE_PERMISSIONS.change,
      params: PARAMS,
      body: dtoListBody(ResourcePermissionChangeBody),
      bodyLimit: PERMISSIONS_LIMIT,
      kind: changePermissions,
      input: ({ params, body }) => ({ teamId: params.team_id, ruleId: params.rule_id, DTOs: body.DTOs }),
    }),
    model.change({
      name: 'removeResourcePermissions',
      method: 'POST',
      url: '/api/teams/{team_id}/rules/{rule_id}/resourcepermissions/delete',
      summary: 'Have a rule no longer speak of some paths',
      permission: RULE_PERMISSIONS.change,
      params: PARAMS,
      body: IdsBody,
      bodyLimit: IDS_LIMIT,
      kind: removePermissions,
      input: ({ params, body }) => ({ teamId: params.team_id, ruleId: params.rule_id, ids: body.ids }),
    }),
  ]
}
