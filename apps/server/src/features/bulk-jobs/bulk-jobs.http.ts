import { BulkJobDto, BulkWait } from '@portreeve/contract'
import { Type } from 'typebox'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type AwaitBulkJobDeps, awaitBulkJob } from './await-bulk-job.ts'
import { ITEM_OUTCOMES, type ItemResult } from './bulk-job.ts'
import { toBulkJobDto } from './bulk-job-dto.ts'
import { getBulkJob, listBulkJobs, listBulkResults, type SeeBulkJobsDeps } from './list-bulk-jobs.ts'
import { type RetryBulkJobDeps, retryBulkJob } from './retry-bulk-job.ts'

export type BulkJobsDeps = SeeBulkJobsDeps & AwaitBulkJobDeps & RetryBulkJobDeps

const COMMON = { dialect: 'admin', access: 'signed-in', formats: 'json' } as const
const ONES_PARAMS = Type.Object({ bulk_id: Type.String() })
const PAGE = {
  page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
  page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
}
const PAGE_ANSWER = { page: Type.Integer(), page_size: Type.Integer(), total: Type.Integer() }
const MAY_SEE =
  'allow_view_users or allow_modify_users for jobs over connectors, these or allow_modify_admins for those over users; a superadmin with allow_modify_clients for those over client applications'
const ERRORS = ['access.flag_missing', 'bulk_job.not_found']

const ItemBody = Type.Object({
  item_id: Type.Integer({
    description: 'Of a connector, or of an organisation; of a user, a number that only jobs know',
  }),
  entity_id: Type.Optional(Type.String({ description: 'Of a user: their id' })),
  entity_name: Type.Optional(Type.String({ description: 'Of a user: their username' })),
  outcome: Type.Enum([...ITEM_OUTCOMES]),
  error: Type.Optional(Type.String({ description: 'Why it failed: an error code' })),
  message: Type.Optional(Type.String()),
})

/** Long work that others ordered: how far it is, what became of each item, and once more for what failed. */
export function bulkJobsRoutes(deps: BulkJobsDeps): Route[] {
  return [listRoute(deps), getRoute(deps), resultsRoute(deps), retryRoute(deps)]
}

function listRoute(deps: SeeBulkJobsDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: '/v1/admin/bulk/',
    name: 'listBulkJobs',
    summary: 'List the bulk jobs of the organisation, the newest first',
    permission: MAY_SEE,
    query: Type.Object({
      failing: Type.Boolean({
        default: false,
        description:
          'true: only those that could not go on, or of whose items some failed, and that were not retried; no dry runs',
      }),
      ...PAGE,
    }),
    answers: {
      200: {
        description: 'One page; for superadmins with those over all organisations',
        schema: Type.Object({ jobs: Type.Array(BulkJobDto), ...PAGE_ANSWER }),
      },
    },
    errors: ['access.flag_missing'],
    async handle({ caller, query: { failing, page, page_size } }) {
      const query = { onlyFailing: failing, pageNumber: page, pageSize: page_size }
      const { items, total } = await listBulkJobs(deps, { caller, ...query })
      return { status: 200, body: { jobs: items.map(toBulkJobDto), page, page_size, total } }
    },
  })
}

function getRoute(deps: SeeBulkJobsDeps & AwaitBulkJobDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: '/v1/admin/bulk/{bulk_id}/',
    name: 'getBulkJob',
    summary: 'Get how far a bulk job is; with `wait`, when it has ended',
    permission: MAY_SEE,
    params: ONES_PARAMS,
    query: Type.Object({ wait: BulkWait }),
    answers: { 200: { description: 'The job', schema: BulkJobDto } },
    errors: ERRORS,
    async handle({ caller, params, query, signal }) {
      const job = await getBulkJob(deps, { caller, id: params.bulk_id })
      const seen = await awaitBulkJob(deps, job, { forMs: query.wait * 1000, signal })
      return { status: 200, body: toBulkJobDto(seen) }
    },
  })
}

function resultsRoute(deps: SeeBulkJobsDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: '/v1/admin/bulk/{bulk_id}/results/',
    name: 'listBulkResults',
    summary: 'List what became of the items of a bulk job so far, in the order of their ids',
    permission: MAY_SEE,
    params: ONES_PARAMS,
    query: Type.Object({ outcome: Type.Optional(Type.Enum([...ITEM_OUTCOMES])), ...PAGE }),
    answers: {
      200: {
        description: 'One page: every connector and user; of organisations only those that failed',
        schema: Type.Object({ results: Type.Array(ItemBody), ...PAGE_ANSWER }),
      },
    },
    errors: ERRORS,
    async handle({ caller, params, query: { outcome, page, page_size } }) {
      const input = { caller, id: params.bulk_id, outcome, pageNumber: page, pageSize: page_size }
      const { items, total } = await listBulkResults(deps, input)
      return { status: 200, body: { results: items.map(toItem), page, page_size, total } }
    },
  })
}

function retryRoute(deps: RetryBulkJobDeps & AwaitBulkJobDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'POST',
    url: '/v1/admin/bulk/{bulk_id}/retry/',
    name: 'retryBulkJob',
    summary: 'Do again what failed in a bulk job that has ended, as a new job',
    permission: 'As for ordering it; to wipe, a session that began or was renewed within ten minutes',
    params: ONES_PARAMS,
    query: Type.Object({ wait: BulkWait }),
    answers: { 200: { description: 'The new job', schema: BulkJobDto } },
    errors: [...ERRORS, 'sign_in.reauthenticate', 'bulk_job.in_progress', 'bulk_job.nothing_failed'],
    async handle({ caller, requestId, params, query, signal }) {
      const job = await retryBulkJob(deps, { caller, requestId, id: params.bulk_id })
      const seen = await awaitBulkJob(deps, job, { forMs: query.wait * 1000, signal })
      return { status: 200, body: toBulkJobDto(seen) }
    },
  })
}

function toItem({ id, outcome, entity, error }: ItemResult) {
  return {
    item_id: id,
    ...(entity && { entity_id: entity.id, entity_name: entity.name }),
    outcome,
    ...(error && { error: error.code, message: error.message }),
  }
}
