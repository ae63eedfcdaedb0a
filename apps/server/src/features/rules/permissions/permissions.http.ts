import {
  dtoListBody,
  IdsBody,
  idParams,
  ResourcePermissionBody,
  ResourcePermissionChangeBody,
  ResourcePermissionDto,
} from '@portreeve/contract'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import { type LeaderGrants, requireTeamView } from '../../teams/index.ts'
import { getRule } from '../get-rule.ts'
import type { RuleReadModel, RuleReads, RuleWrites } from '../rule-store.ts'
import { RULE_PERMISSIONS } from '../rules.http.ts'
import { addPermissions } from './add-permissions.ts'
import type { BrowsingReads } from './browsing-reads.ts'
import { changePermissions } from './change-permissions.ts'
import { removePermissions } from './remove-permissions.ts'

export interface PermissionRoutesDeps {
  readonly model: ModelRoutes<RuleReads & LeaderGrants & BrowsingReads, RuleWrites>
  readonly leaders: LeaderGrants
  readonly rules: RuleReadModel
}

const PARAMS = idParams('team_id', 'rule_id')
const IDS_LIMIT = 2 * 1024 * 1024
const PERMISSIONS_LIMIT = 8 * 1024 * 1024

/** Operations on what a rule grants (seed: `…/rules/{rule_id}/resourcepermissions`). */
export function permissionRoutes({ model, leaders, rules }: PermissionRoutesDeps): Route[] {
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
