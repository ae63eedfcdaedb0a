import {
  dtoListBody,
  IdsBody,
  idParams,
  ResourcePermissionBody,
  ResourcePermissionDto,
  UserDto,
} from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import { assertMayViewTeams, type MemberReads } from '../teams/index.ts'
import type { UserReads } from '../users/index.ts'
import { addPermissions } from './add-permissions.ts'
import { addRuleMembers } from './add-rule-members.ts'
import { getRule } from './get-rule.ts'
import { removeRuleMembers } from './remove-rule-members.ts'
import type { RuleReadModel, RuleReads, RuleWrites } from './rule-store.ts'
import { RULE_PERMISSIONS } from './rules.http.ts'

export interface RulePartRoutesDeps {
  readonly model: ModelRoutes<RuleReads & MemberReads & UserReads, RuleWrites>
  readonly rules: RuleReadModel
}

const PARAMS = idParams('team_id', 'rule_id')
const IDS_LIMIT = 2 * 1024 * 1024
const PERMISSIONS_LIMIT = 8 * 1024 * 1024

/** Operations on whom a rule names and what it grants (seed: `…/rules/{rule_id}/members`, `…/resourcepermissions`). */
export function rulePartRoutes(deps: RulePartRoutesDeps): Route[] {
  return [...memberRoutes(deps), ...permissionRoutes(deps)]
}

function memberRoutes({ model, rules }: RulePartRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listRuleMembers',
      url: '/api/teams/{team_id}/rules/{rule_id}/members',
      summary: 'List the users a rule names',
      permission: RULE_PERMISSIONS.view,
      may: assertMayViewTeams,
      params: PARAMS,
      entry: UserDto,
      keys: ['username', 'email', 'displayName', 'enabled', 'id'],
      page: async (view, request, { team_id, rule_id }) => {
        const rule = await getRule({ rules }, view, { teamId: team_id, ruleId: rule_id })
        return await rules.listMembers(view, rule.id, request)
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

function permissionRoutes({ model, rules }: RulePartRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listResourcePermissions',
      url: '/api/teams/{team_id}/rules/{rule_id}/resourcepermissions',
      summary: 'List what a rule says of which paths',
      permission: RULE_PERMISSIONS.view,
      may: assertMayViewTeams,
      params: PARAMS,
      entry: ResourcePermissionDto,
      keys: ['path', 'permissionType', 'ownerResource', 'id'],
      page: async (view, request, { team_id, rule_id }) => {
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
  ]
}
