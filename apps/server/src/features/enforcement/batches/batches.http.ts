import { ApplyBody, EnforcementDto, PageQuery, pagedResultList, WaitingChangeDto } from '@portreeve/contract'
import type { TObject } from 'typebox'
import { readPageRequest, trimFields } from '../../../platform/http/list-request.ts'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { assertMayViewTeams } from '../../teams/index.ts'
import { type ApplyWaitingDeps, applyWaiting } from './apply-waiting.ts'
import type { EnforcementStatus, WaitingChange } from './batch.ts'
import type { BatchReadModel } from './batch-store.ts'

export interface BatchRoutesDeps extends ApplyWaitingDeps {
  readonly batches: BatchReadModel
}

const COMMON = { dialect: 'teams', access: 'signed-in', formats: 'json+xml' } as const
const VIEW = 'allow_modify_teams or allow_view_users'
const ENTRY: TObject = WaitingChangeDto

const SHAPE = {
  fields: Object.keys(ENTRY.properties),
  keys: ['revision', 'type', 'summary', 'submittedBy', 'submittedAt'],
  defaultSort: 'revision',
}

/** Operations on what waits to be enforced. */
export function batchRoutes(deps: BatchRoutesDeps): Route[] {
  return [statusRoute(deps), changesRoute(deps), applyRoute(deps)]
}

function statusRoute({ batches }: BatchRoutesDeps): Route {
  return defineRoute({
    ...COMMON,
    name: 'getEnforcement',
    method: 'GET',
    url: '/api/enforcement',
    summary: 'Tell which revision is enforced, and what waits to be',
    permission: VIEW,
    answers: { 200: { description: 'Where model and files stand.', schema: EnforcementDto } },
    handle: async ({ caller }) => {
      assertMayViewTeams(caller)
      return { status: 200, body: toStatusBody(await batches.readStatus(caller.organisation)) }
    },
  })
}

function changesRoute({ batches }: BatchRoutesDeps): Route {
  return defineRoute({
    ...COMMON,
    name: 'listWaitingChanges',
    method: 'GET',
    url: '/api/enforcement/changes',
    summary: 'List the changes that are not enforced yet',
    permission: VIEW,
    query: PageQuery,
    answers: { 200: { description: 'A page of the list.', schema: pagedResultList(ENTRY) } },
    handle: async ({ caller, query }) => {
      assertMayViewTeams(caller)
      const request = readPageRequest(query, SHAPE)
      const { items, total } = await batches.listWaiting(caller.organisation, request)
      const { pageNumber, pageSize } = request
      const changes = items.map(toChangeBody)
      const { fieldList } = query
      const DTOs = fieldList ? changes.map((change) => trimFields(change, fieldList)) : changes
      const totalPages = Math.ceil(total / pageSize)
      return { status: 200, body: { pageNumber, pageSize, totalResults: total, totalPages, DTOs } }
    },
  })
}

function applyRoute(deps: BatchRoutesDeps): Route {
  return defineRoute({
    ...COMMON,
    name: 'applyChanges',
    method: 'POST',
    url: '/api/enforcement/apply',
    summary: 'Enforce the changes that wait: all, or those up to a revision',
    permission: 'allow_modify_teams',
    body: ApplyBody,
    bodyOptional: true,
    answers: { 202: { description: 'Their files are being made; where things stand.', schema: EnforcementDto } },
    errors: ['apply.beyond_head', 'apply.applied'],
    handle: async ({ caller, requestId, body }) => {
      await applyWaiting(deps, { caller, requestId, revision: body.revision })
      return { status: 202, body: toStatusBody(await deps.batches.readStatus(caller.organisation)) }
    },
  })
}

function toStatusBody({ nextEnforcementAt, waitingSince, ...status }: EnforcementStatus): object {
  return {
    ...status,
    nextEnforcementAt: nextEnforcementAt?.toISOString(),
    waitingSince: waitingSince?.toISOString(),
  }
}

function toChangeBody(change: WaitingChange): object {
  return { ...change, summary: change.summary ?? change.type, submittedAt: change.submittedAt.toISOString() }
}
