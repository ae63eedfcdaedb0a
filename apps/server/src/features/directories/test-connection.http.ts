import { idParams, LdapAuthorityBody, TestConnectionQuery, TestConnectionResultDto } from '@portreeve/contract'
import type { Static, TSchema } from 'typebox'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type LeaderGrants, requireOnTeam, type TeamReadModel, teamErrors } from '../teams/index.ts'
import type { AuthorityAccess } from './authority-store.ts'
import { assertMayChangeAuthorities, ldapAuthorityErrors, type OpenAuthority } from './ldap-authority.ts'
import { openUnstored } from './seal-authority.ts'
import { type ConnectionTest, type TestConnectionDeps, testConnection } from './test-connection.ts'

export interface TestConnectionRoutesDeps extends TestConnectionDeps {
  readonly access: AuthorityAccess
  readonly teams: Pick<TeamReadModel, 'find'>
  readonly leaders: LeaderGrants
}

const COMMON = {
  method: 'POST',
  dialect: 'teams',
  access: 'signed-in',
  formats: 'json+xml',
  query: TestConnectionQuery,
  answers: { 200: { description: 'What became of it; a failure is a result, too.', schema: TestConnectionResultDto } },
} as const

const DEFAULT_PAGE_SIZE = 20

/** Trying whether directories answer. */
export function testConnectionRoutes(deps: TestConnectionRoutesDeps): Route[] {
  return [unstoredRoute(deps), storedRoute(deps), teamRoute(deps)]
}

function unstoredRoute(deps: TestConnectionRoutesDeps): Route {
  return defineRoute<TSchema, typeof TestConnectionQuery, typeof LdapAuthorityBody>({
    ...COMMON,
    url: '/api/ldapauthorities/testConnection',
    name: 'testUnstoredLdapAuthority',
    summary: 'Try an LDAP authority before it is stored',
    permission: 'allow_modify_settings',
    body: LdapAuthorityBody,
    errors: ['directory.bad_filter'],
    handle: async ({ caller, body, query }) => {
      assertMayChangeAuthorities(caller)
      return { status: 200, body: await testConnection(deps, openUnstored(deps, body), toTest(query)) }
    },
  })
}

function storedRoute(deps: TestConnectionRoutesDeps): Route {
  const params = idParams('id')
  return defineRoute<typeof params, typeof TestConnectionQuery, TSchema>({
    ...COMMON,
    url: '/api/ldapauthorities/{id}/testConnection',
    name: 'testLdapAuthority',
    summary: 'Try whether an LDAP authority answers, and show some of its users',
    permission: 'allow_modify_settings',
    params,
    errors: ['directory.bad_filter', 'ldap_authority.not_found'],
    handle: async ({ caller, params: { id }, query }) => {
      assertMayChangeAuthorities(caller)
      const authority = await getOpen(deps.access, caller.organisation, id)
      return { status: 200, body: await testConnection(deps, authority, toTest(query)) }
    },
  })
}

/** Seed: `/teams/{team_id}/testConnection/{ldap_authority_id}`. */
function teamRoute(deps: TestConnectionRoutesDeps): Route {
  const params = idParams('team_id', 'ldap_authority_id')
  return defineRoute<typeof params, typeof TestConnectionQuery, TSchema>({
    ...COMMON,
    url: '/api/teams/{team_id}/testConnection/{ldap_authority_id}',
    name: 'testTeamConnection',
    summary: 'Try an LDAP authority with the LDAP filter of a team, or another',
    permission: 'allow_modify_teams, or a leader of the team with manageTeam',
    params,
    errors: ['directory.bad_filter', 'ldap_authority.not_found', 'team.not_found'],
    handle: async ({ caller, position, params: { team_id, ldap_authority_id }, query }) => {
      await requireOnTeam(deps.leaders, caller, team_id, 'manageTeam')
      const { organisation } = caller
      const version = `${position.lineage}.${position.head}`
      const team = await deps.teams.find({ organisation, state: 'head', version }, team_id)
      if (!team) throw teamErrors.not_found(team_id)
      const authority = await getOpen(deps.access, organisation, ldap_authority_id)
      return { status: 200, body: await testConnection(deps, authority, toTest(query, team.ldapFilter)) }
    },
  })
}

async function getOpen(access: AuthorityAccess, organisation: number, id: string): Promise<OpenAuthority> {
  const authority = await access.find(organisation, id)
  if (!authority) throw ldapAuthorityErrors.not_found(id)
  return authority
}

function toTest(
  { filter, pageSize = DEFAULT_PAGE_SIZE }: Static<typeof TestConnectionQuery>,
  standard: string | null = null,
): ConnectionTest {
  // Clients of the original send an empty parameter for none.
  return { filter: filter || standard || undefined, pageSize }
}
