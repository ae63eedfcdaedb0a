import { AccessCheckBody, AccessDecisionDto, MAX_CHECKS } from '@portreeve/contract'
import type { TSchema } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { readAsks } from './ask.ts'
import { askContext } from './ask-context.http.ts'
import type { AskDeps } from './ask-deps.ts'
import { checkAccess } from './check-access.ts'
import { whatRoute, whoRoute } from './lists/access-lists.http.ts'

/** Operations that tell who may do what, and why. */
export function accessRoutes(deps: AskDeps): Route[] {
  return [checkRoute(deps), whoRoute(deps), whatRoute(deps)]
}

/** For as many checks as there may be, with long paths. */
const BODY_LIMIT = 4096 * MAX_CHECKS

function checkRoute(deps: AskDeps): Route {
  return defineRoute<TSchema, TSchema, typeof AccessCheckBody>({
    method: 'POST',
    url: '/api/access/check',
    name: 'checkAccess',
    dialect: 'teams',
    summary:
      'Decide whether a user may do something somewhere, and tell each link of the reasons; or up to 1,000 times so',
    access: 'signed-in',
    permission:
      'everybody about themself; about others allow_view_users or allow_modify_teams, or who leads a team that has the path as a resource',
    formats: 'json+xml',
    body: AccessCheckBody,
    bodyLimit: BODY_LIMIT,
    answers: { 200: { description: 'What was decided, and why.', schema: AccessDecisionDto } },
    errors: [
      'access_ask.one_subject',
      'access_ask.one_target',
      'access_ask.data_source_by_name',
      'access_ask.whole_data_source',
      'access_ask.bad_path',
      'access_ask.token_alone',
      'access_ask.single_or_many',
      'access_ask.unknown_user',
      'access_ask.unknown_repository',
      'access_ask.unknown_data_source',
      'access_ask.not_yours',
      'access_model.not_reached',
      'access_ask.pending_not_yours',
    ],
    handle: async (incoming) => {
      const { body } = incoming
      const asks = readAsks(body)
      const { revision, results } = await checkAccess(deps, {
        ...askContext(incoming, body),
        asks,
        explain: body.explain ?? true,
      })
      return { status: 200, body: body.checks ? { revision, results } : { revision, ...results[0] } }
    },
  })
}
