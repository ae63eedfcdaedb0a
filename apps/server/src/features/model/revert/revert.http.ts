import { RevertBody } from '@portreeve/contract'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import { revertModel } from './revert-model.ts'
import type { RevertReads, RevertWrites } from './revert-store.ts'

/** The way back to a revision of the model. */
export function revertRoutes({ model }: { readonly model: ModelRoutes<RevertReads, RevertWrites> }): Route[] {
  return [
    model.change({
      name: 'revertModel',
      method: 'POST',
      url: '/api/enforcement/revert',
      summary: 'Propose that teams and rules be as they were at a revision',
      permission: 'allow_modify_teams',
      body: RevertBody,
      kind: revertModel,
      input: ({ body: { revision } }) => ({ revision }),
    }),
  ]
}
