import { idParams } from '@portreeve/contract'
import { Type } from 'typebox'
import { defineRoute, notModified, type Route } from '../../platform/http/route.ts'
import { assertMayViewTeams } from '../teams/index.ts'
import { enforcementErrors } from './enforcement.ts'
import type { EnforcementStore } from './enforcement-store.ts'

export interface EnforcementRoutesDeps {
  readonly store: Pick<EnforcementStore, 'findPublished'>
}

/** Operations on what is enforced. */
export function enforcementRoutes({ store }: EnforcementRoutesDeps): Route[] {
  return [
    defineRoute({
      name: 'getAuthzFile',
      method: 'GET',
      url: '/api/repositories/{id}/authz',
      dialect: 'teams',
      summary: "Get a repository's generated authz file, as it is published",
      access: 'signed-in',
      permission: 'allow_modify_teams or allow_view_users',
      formats: 'text',
      textType: 'text/plain; charset=utf-8',
      params: idParams('id'),
      answers: { 200: { description: 'The file. Its ETag changes only when its text does.', schema: Type.String() } },
      handle: async ({ caller, params, holds }) => {
        assertMayViewTeams(caller)
        const [file] = await store.findPublished(caller.organisation, [params.id])
        if (!file) throw enforcementErrors.not_published(params.id)
        if (holds(file.etag)) return notModified(file.etag)
        return { status: 200, entityTag: file.etag, body: file.content }
      },
    }),
  ]
}
