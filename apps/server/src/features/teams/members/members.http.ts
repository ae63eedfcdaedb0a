import { CountsAnswer, CountsQuery, IdsBody, idParams, UserBody, UserDto } from '@portreeve/contract'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import type { UserReads, UserWrites } from '../../users/index.ts'
import { getTeam } from '../get-team.ts'
import { type LeaderGrants, requireChoice, requireTeamView, whoMay } from '../leaders/leader-policy.ts'
import type { TeamReadModel, TeamReads } from '../team-store.ts'
import { TEAM_PERMISSIONS } from '../teams.http.ts'
import { addMembers } from './add-members.ts'
import { countMembers } from './count-members.ts'
import { createMember, requireMayCreate } from './create-member.ts'
import type { MemberReadModel, MemberReads, MemberWrites } from './member-store.ts'
import { removeMembers } from './remove-members.ts'

export interface MemberRoutesDeps {
  readonly model: ModelRoutes<TeamReads & LeaderGrants & UserReads & MemberReads, UserWrites & MemberWrites>
  readonly teams: TeamReadModel
  readonly leaders: LeaderGrants
  readonly members: MemberReadModel
  /** The Argon2id hash of a password, for storing. */
  hashPassword(password: string): Promise<string>
}

const TEAM = idParams('team_id')
const MEMBER = idParams('team_id', 'user_id')
const MANY = { params: TEAM, body: IdsBody, bodyLimit: 2 * 1024 * 1024 } as const
const KEYS = ['username', 'email', 'displayName', 'enabled', 'id'] as const
const MANAGE = whoMay('manageMembers')
const REMOVES = 'from a team, the teams below it and the rules of these'

/** Operations on the members of a team (seed: `/teams/{team_id}/members`). */
export function memberRoutes(deps: MemberRoutesDeps): Route[] {
  return [...memberReads(deps), ...memberChanges(deps), creation(deps)]
}

function memberReads({ model, teams, leaders, members }: MemberRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listMembers',
      url: '/api/teams/{team_id}/members',
      summary: 'List the members of a team',
      permission: TEAM_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: TEAM,
      entry: UserDto,
      keys: KEYS,
      page: async ({ view, request, params }) =>
        await members.list(view, (await getTeam({ teams }, view, params.team_id)).id, request),
    }),
    model.list({
      name: 'listAvailableMembers',
      url: '/api/teams/{team_id}/members/available',
      summary: 'List the users who are no members of a team',
      permission: `allow_view_users, ${MANAGE}`,
      may: (caller, { team_id }) => requireChoice(leaders, caller, team_id, 'manageMembers'),
      params: TEAM,
      entry: UserDto,
      keys: ['id', 'username', 'email', 'displayName', 'enabled'],
      page: async ({ view, request, params }) =>
        await members.listAvailable(view, (await getTeam({ teams }, view, params.team_id)).id, request),
    }),
    model.get({
      name: 'countMembers',
      url: '/api/teams/{team_id}/members/counts',
      summary: 'Count the rules and subteams that members of a team are part of',
      permission: TEAM_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: TEAM,
      query: CountsQuery,
      entry: CountsAnswer,
      get: async ({ view, query, params }) => {
        const team = await getTeam({ teams }, view, params.team_id)
        return { counts: await countMembers({ members }, view, { team: team.id, ids: query.id }) }
      },
    }),
  ]
}

function memberChanges({ model }: MemberRoutesDeps): Route[] {
  return [
    model.change({
      ...MANY,
      name: 'addMembers',
      method: 'POST',
      url: '/api/teams/{team_id}/members',
      summary: 'Add users to a team, and to every team above it',
      permission: MANAGE,
      kind: addMembers,
      input: ({ params, body }) => ({ teamId: params.team_id, ids: body.ids }),
    }),
    model.change({
      ...MANY,
      name: 'removeMembers',
      method: 'POST',
      url: '/api/teams/{team_id}/members/delete',
      summary: `Remove users ${REMOVES}`,
      permission: MANAGE,
      kind: removeMembers,
      input: ({ params, body }) => ({ teamId: params.team_id, ids: body.ids }),
    }),
    model.change({
      name: 'addMember',
      method: 'POST',
      url: '/api/teams/{team_id}/members/{user_id}',
      summary: 'Add a user to a team, and to every team above it',
      permission: MANAGE,
      params: MEMBER,
      kind: addMembers,
      input: ({ params }) => ({ teamId: params.team_id, ids: [params.user_id] }),
    }),
    model.change({
      name: 'removeMember',
      method: 'DELETE',
      url: '/api/teams/{team_id}/members/{user_id}',
      summary: `Remove a user ${REMOVES}`,
      permission: MANAGE,
      params: MEMBER,
      kind: removeMembers,
      input: ({ params }) => ({ teamId: params.team_id, ids: [params.user_id] }),
    }),
  ]
}

function creation({ model, leaders, hashPassword }: MemberRoutesDeps): Route {
  return model.change({
    name: 'createMember',
    method: 'POST',
    url: '/api/teams/{team_id}/members/new',
    summary: 'Create a user who is a member of a team, and of every team above it',
    permission: 'allow_modify_teams and allow_modify_users; manageMembers as a leader of the team or of one above it',
    params: TEAM,
    body: UserBody,
    kind: createMember,
    // Hashed before it is proposed: a proposal may wait in the database, and hashing must not hold its lock.
    input: async ({ caller, params: { team_id: teamId }, body: { password, id: _, ...user } }) => {
      // Here too: hashing is no work to do for whoever asks.
      await requireMayCreate(leaders, caller, teamId)
      return { ...user, teamId, passwordHash: password === undefined ? null : await hashPassword(password) }
    },
  })
}
