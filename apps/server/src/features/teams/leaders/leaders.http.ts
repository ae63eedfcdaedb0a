import { idParams, TeamAdminPermissionBody, TeamAdminPermissionDto } from '@portreeve/contract'
import type { Static } from 'typebox'
import type { ModelRoutes } from '../../../platform/http/model-routes.ts'
import type { Route } from '../../../platform/http/route.ts'
import type { AccountReads } from '../../users/index.ts'
import { getTeam } from '../get-team.ts'
import type { TeamReadModel, TeamReads } from '../team-store.ts'
import { TEAM_PERMISSIONS } from '../teams.http.ts'
import { appointLeader, type LeaderInput } from './appoint-leader.ts'
import { changeLeader } from './change-leader.ts'
import { getLeader } from './get-leader.ts'
import { LEADER_FLAGS, leaderFields } from './leader.ts'
import { type LeaderGrants, requireChoice, requireTeamView, whoMay } from './leader-policy.ts'
import type { LeaderReadModel, LeaderReads, LeaderWrites } from './leader-store.ts'
import { removeLeader } from './remove-leader.ts'

export interface LeaderRoutesDeps {
  readonly model: ModelRoutes<TeamReads & LeaderReads & Pick<AccountReads, 'findAccount'>, LeaderWrites>
  readonly teams: TeamReadModel
  readonly leaders: LeaderGrants
  readonly teamLeaders: LeaderReadModel
}

const TEAM = idParams('team_id')
const LEADER = idParams('team_id', 'user_id')
const CHANGE = `${whoMay('manageLeaders')}, who holds every flag in question`

/** Operations on the leaders of a team (seed: `/teams/{team_id}/leaders`). */
export function leaderRoutes(deps: LeaderRoutesDeps): Route[] {
  return [...leaderLists(deps), ...leaderChanges(deps)]
}

function leaderLists({ model, teams, leaders, teamLeaders }: LeaderRoutesDeps): Route[] {
  return [
    model.list({
      name: 'listLeaders',
      url: '/api/teams/{team_id}/leaders',
      summary: 'List the leaders of a team',
      permission: TEAM_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: TEAM,
      entry: TeamAdminPermissionDto,
      keys: ['ownerUser', 'username', 'id', ...LEADER_FLAGS],
      page: async ({ view, request, params }) => {
        const team = await getTeam({ teams }, view, params.team_id)
        const { items, total } = await teamLeaders.list(view, team.id, request)
        return { total, items: items.map(leaderFields) }
      },
    }),
    model.list({
      name: 'listAvailableLeaders',
      url: '/api/teams/{team_id}/leaders/available',
      summary: 'List the users who could be made leaders of a team',
      permission: `allow_view_users, ${whoMay('manageLeaders')}`,
      may: (caller, { team_id }) => requireChoice(leaders, caller, team_id, 'manageLeaders'),
      params: TEAM,
      entry: TeamAdminPermissionDto,
      keys: ['username', 'ownerUser'],
      page: async ({ view, request, params }) =>
        await teamLeaders.listAvailable(view, (await getTeam({ teams }, view, params.team_id)).id, request),
    }),
    model.get({
      name: 'getLeader',
      url: '/api/teams/{team_id}/leaders/{user_id}',
      summary: 'Get what a leader of a team may do',
      permission: TEAM_PERMISSIONS.view,
      may: (caller, { team_id }) => requireTeamView(leaders, caller, team_id),
      params: LEADER,
      entry: TeamAdminPermissionDto,
      get: async ({ view, params: { team_id, user_id } }) =>
        leaderFields(await getLeader({ teams, teamLeaders }, view, { teamId: team_id, userId: user_id })),
    }),
  ]
}

function leaderChanges({ model }: LeaderRoutesDeps): Route[] {
  const shared = { url: '/api/teams/{team_id}/leaders/{user_id}', permission: CHANGE, params: LEADER } as const
  return [
    model.change({
      ...shared,
      name: 'appointLeader',
      method: 'POST',
      summary: 'Make a user a leader of a team and of all teams below it',
      body: TeamAdminPermissionBody,
      kind: appointLeader,
      input: readInput,
    }),
    model.change({
      ...shared,
      name: 'changeLeader',
      method: 'PUT',
      summary: 'Change what a leader of a team may do',
      body: TeamAdminPermissionBody,
      kind: changeLeader,
      input: readInput,
    }),
    model.change({
      ...shared,
      name: 'removeLeader',
      method: 'DELETE',
      summary: 'Take the leadership of a team from a user',
      kind: removeLeader,
      input: ({ params }) => ({ teamId: params.team_id, userId: params.user_id }),
    }),
  ]
}

function readInput({
  params,
  body,
}: {
  readonly params: Static<typeof LEADER>
  readonly body: Static<typeof TeamAdminPermissionBody>
}): LeaderInput {
  const { id, ownerTeam, ownerUser, username } = body
  return {
    teamId: params.team_id,
    userId: params.user_id,
    flags: LEADER_FLAGS.filter((flag) => body[flag] === true),
    said: {
      ...(id !== undefined && { id }),
      ...(ownerTeam !== undefined && { ownerTeam }),
      ...(ownerUser !== undefined && { ownerUser }),
      ...(username !== undefined && { username }),
    },
  }
}
