import { IdsBody, idParams, UserDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import { type LeaderGrants, type MemberReads, requireTeamView } from '../../teams/index.ts'
import type { UserReads } from '../../users/index.ts'
import { getRule } from '../get-rule.ts'
import type { BrowsingReads } from '../permissions/browsing-reads.ts'
import type { RuleReadModel, RuleReads, RuleWrites } from '../rule-store.ts'
import { RULE_PERMISSIONS } from '../rules.http.ts'
import { addRuleMembers } from './add-rule-members.ts'
import { removeRuleMembers } from './remove-rule-members.ts'

export interface RuleMemberRoutesDeps {
  readonly model: ModelRoutes<RuleReads & LeaderGrants & MemberReads & UserReads & BrowsingReads, RuleWrites>
  readonly leaders: LeaderGrants
  readonly rules: RuleReadModel
}

const PARAMS = idParams('team_id', 'rule_id')
const USER_KEYS = ['username', 'email', 'displayName', 'enabled', 'id'] as const
const IDS_LIMIT = 2 * 1024 * 1024

/** Operations on whom a rule names (seed: `…/rules/{rule_id}/members`). */
export function ruleMemberRoutes({ model, leaders, rules }: RuleMemberRoutesDeps): Route[] {
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
