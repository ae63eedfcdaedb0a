import { idParams, TeamSyncBody, TeamSyncDto, TeamSyncPreviewDto } from '@portreeve/contract'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type LeaderGrants, requireOnTeam, requireTeamView } from '../teams/index.ts'
import { syncErrors } from './apply-sync.ts'
import type { SyncRun } from './sync-store.ts'
import { type PlannedSync, planTeamSync, type SyncTeamDeps, syncTeam } from './sync-team.ts'

export interface SyncRoutesDeps extends SyncTeamDeps {
  readonly leaders: LeaderGrants
}

const COMMON = {
  dialect: 'teams',
  access: 'signed-in',
  formats: 'json+xml',
  params: idParams('team_id'),
} as const

const MANAGE = 'allow_modify_teams, or manageMembers on the team'
const SHOWN = 1000

/** Operations on the synchronisation of a team with its directory. */
export function syncRoutes(deps: SyncRoutesDeps): Route[] {
  return [statusRoute(deps), previewRoute(deps), startRoute(deps)]
}

function statusRoute(deps: SyncRoutesDeps): Route {
  return defineRoute({
    ...COMMON,
    name: 'getTeamSync',
    method: 'GET',
    url: '/api/teams/{team_id}/sync',
    summary: 'Tell what became of the last synchronisation of a team with its directory',
    permission: 'allow_modify_teams, allow_view_users, or leader of the team',
    answers: { 200: { description: 'The last synchronisation.', schema: TeamSyncDto } },
    errors: ['sync.never'],
    handle: async ({ caller, params }) => {
      await requireTeamView(deps.leaders, caller, params.team_id)
      const run = await deps.syncs.findRun(caller.organisation, params.team_id)
      if (!run) throw syncErrors.never(params.team_id)
      return { status: 200, body: runFields(run) }
    },
  })
}

function previewRoute(deps: SyncRoutesDeps): Route {
  return defineRoute({
    ...COMMON,
    name: 'previewTeamSync',
    method: 'GET',
    url: '/api/teams/{team_id}/sync/preview',
    summary: 'Ask the directory what a synchronisation would change, and change nothing',
    permission: MANAGE,
    answers: { 200: { description: 'What would change.', schema: TeamSyncPreviewDto } },
    errors: ['sync.no_query'],
    handle: async ({ caller, params }) => {
      await requireOnTeam(deps.leaders, caller, params.team_id, 'manageMembers')
      return { status: 200, body: previewFields(await planTeamSync(deps, caller.organisation, params.team_id)) }
    },
  })
}

function startRoute(deps: SyncRoutesDeps): Route {
  return defineRoute({
    ...COMMON,
    name: 'syncTeam',
    method: 'POST',
    url: '/api/teams/{team_id}/sync',
    summary: 'Give a team the members that its query finds in the directory now',
    permission: MANAGE,
    body: TeamSyncBody,
    bodyOptional: true,
    answers: { 200: { description: 'What has changed.', schema: TeamSyncDto } },
    errors: ['sync.no_query', 'sync.needs_confirmation', 'sync.changed_meanwhile'],
    handle: async ({ caller, params, body, requestId }) => {
      await requireOnTeam(deps.leaders, caller, params.team_id, 'manageMembers')
      const run = await syncTeam(deps, {
        caller,
        requestId,
        teamId: params.team_id,
        maxRemovals: body.maxRemovals,
      })
      return { status: 200, body: runFields(run) }
    },
  })
}

function runFields({ startedAt, finishedAt, ...run }: SyncRun) {
  return { ...run, startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() }
}

function previewFields({ plan, removalShare, needsConfirmation }: PlannedSync) {
  const joining = [...plan.add.map(({ id, username }) => ({ id, username })), ...plan.create]
  return {
    found: plan.found,
    members: plan.members,
    added: joining.length,
    created: plan.create.length,
    removed: plan.remove.length,
    relinked: plan.relink.length,
    skipped: plan.skipped.length,
    removalShare,
    needsConfirmation,
    joining: joining.slice(0, SHOWN),
    leaving: plan.remove.slice(0, SHOWN).map(({ id, username }) => ({ id, username })),
    leftOut: plan.skipped.slice(0, SHOWN),
  }
}
