import { idParams, LdapAuthorityBody, LdapAuthorityDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../platform/http/model-routes.ts'
import type { Route } from '../../platform/http/route.ts'
import type { AuthorityReadModel, AuthorityReads, AuthorityWrites } from './authority-store.ts'
import { changeAuthority } from './change-authority.ts'
import { createAuthority } from './create-authority.ts'
import { deleteAuthority } from './delete-authority.ts'
import { assertMayViewAuthorities, ldapAuthorityErrors } from './ldap-authority.ts'
import { type SealAuthorityDeps, sealAuthority } from './seal-authority.ts'

export interface LdapAuthorityRoutesDeps extends SealAuthorityDeps {
  readonly model: ModelRoutes<AuthorityReads, AuthorityWrites>
  readonly authorities: AuthorityReadModel
}

const VIEW = 'allow_view_settings, allow_modify_settings or allow_modify_teams'
const CHANGE = 'allow_modify_settings'

/** Operations on LDAP authorities. */
export function ldapAuthorityRoutes(deps: LdapAuthorityRoutesDeps): Route[] {
  const { model, authorities } = deps
  return [
    model.list({
      name: 'listLdapAuthorities',
      url: '/api/ldapauthorities',
      summary: 'List the LDAP authorities of the organisation',
      permission: VIEW,
      may: assertMayViewAuthorities,
      entry: LdapAuthorityDto,
      keys: ['name', 'url', 'userBase', 'id'],
      page: ({ view, request }) => authorities.list(view, request),
    }),
    model.change({
      name: 'createLdapAuthority',
      method: 'POST',
      url: '/api/ldapauthorities',
      summary: 'Make a directory known',
      permission: CHANGE,
      body: LdapAuthorityBody,
      kind: createAuthority,
      input: ({ caller, body }) => sealAuthority(deps, caller, body),
    }),
    model.get({
      name: 'getLdapAuthority',
      url: '/api/ldapauthorities/{id}',
      summary: 'Get an LDAP authority',
      permission: VIEW,
      may: assertMayViewAuthorities,
      params: idParams('id'),
      entry: LdapAuthorityDto,
      get: async ({ view, params }) => {
        const authority = await authorities.find(view, params.id)
        if (!authority) throw ldapAuthorityErrors.not_found(params.id)
        return authority
      },
    }),
    model.change({
      name: 'changeLdapAuthority',
      method: 'PUT',
      url: '/api/ldapauthorities/{id}',
      summary: 'Change an LDAP authority; without bindPassword, that stays as it is',
      permission: CHANGE,
      params: idParams('id'),
      body: LdapAuthorityBody,
      kind: changeAuthority,
      input: ({ caller, params, body }) => ({ ...sealAuthority(deps, caller, body), authorityId: params.id }),
    }),
    model.change({
      name: 'deleteLdapAuthority',
      method: 'DELETE',
      url: '/api/ldapauthorities/{id}',
      summary: 'Forget an LDAP authority that no team and no user names',
      permission: CHANGE,
      params: idParams('id'),
      kind: deleteAuthority,
      input: ({ params }) => ({ authorityId: params.id }),
    }),
  ]
}
