import { ClientLinkDto, LinkDto } from '@portreeve/contract'
import { Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import type { BulkJob, GetBulkJobDeps } from '../../bulk-jobs/index.ts'
import { findClientId } from '../client-uri.ts'
import { companyClientErrors } from '../company-client.ts'
import { HUDDLE } from '../company-clients.http.ts'
import type { ClientChange } from './change-client-everywhere.ts'
import { clientChangeErrors } from './client-change-errors.ts'
import { CLIENT_ACTS, type ClientAct } from './client-change-store.ts'
import { getClientChange } from './get-client-change.ts'
import { type OrderClientChangeDeps, orderClientChange } from './order-client-change.ts'

export interface BulkClientsDeps extends OrderClientChangeDeps {
  readonly seeing: GetBulkJobDeps
  /** Without a slash at its end. */
  readonly baseUrl: string
}

const COMMON = { ...HUDDLE, permission: 'superadmin with allow_modify_clients' } as const
const ORDERS = '/people/bulk-process/clients'

const BulkBody = Type.Object(
  { add: Type.Optional(ClientLinkDto), permit: Type.Optional(ClientLinkDto), remove: Type.Optional(ClientLinkDto) },
  { additionalProperties: false, xml: { name: 'clients' } },
)
const OrderedAnswer = Type.Object({ link: LinkDto }, { xml: { name: 'clients' } })
const ProgressAnswer = Type.Object(
  {
    link: LinkDto,
    status: Type.Enum(['InProgress', 'Finished', 'Error']),
    total: Type.Integer({ description: 'Companies, as counted when it was ordered; exact when it has finished' }),
    done: Type.Integer(),
    changed: Type.Integer({ description: 'Where it made a difference; in a dry run, would make one' }),
    failed: Type.Integer({ description: 'Companies where it failed: see the results of the bulk job of the same id' }),
    startedAt: Type.String({ format: 'date-time' }),
    finishedAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { xml: { name: 'clients' } },
)

/** Huddle's bulk processes: one client at all companies at once. */
export function bulkClientsRoutes(deps: BulkClientsDeps): Route[] {
  return [orderRoute(deps), progressRoute(deps)]
}

function orderRoute(deps: BulkClientsDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'POST',
    url: ORDERS,
    name: 'changeClientEverywhere',
    summary: 'Make a client available to all companies, permit it for all, or remove it from all',
    query: Type.Object({
      dryRun: Type.Boolean({ default: false, description: 'Change nothing, and count what would be' }),
    }),
    body: BulkBody,
    answers: { 201: { description: 'It is under way: the link tells how far', schema: OrderedAnswer } },
    errors: [
      'organisation.superadmin_only',
      'access.flag_missing',
      'client_bulk.not_one_act',
      'permitted_client.bad_link',
      'permitted_client.client_not_found',
    ],
    async handle({ caller, requestId, query, body }) {
      const change = changeOf(body, deps.baseUrl)
      const job = await orderClientChange(deps, { caller, requestId, change, dryRun: query.dryRun })
      const href = progressUrl(deps, job)
      return { status: 201, headers: progressLink(href), body: { link: { rel: 'progress', href } } }
    },
  })
}

function progressRoute(deps: BulkClientsDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: `${ORDERS}/progress/{requestId}`,
    name: 'getClientChangeProgress',
    summary: 'Get how far a change of a client at all companies is',
    params: Type.Object({ requestId: Type.String() }),
    answers: { 200: { description: 'How far it is', schema: ProgressAnswer } },
    errors: ['organisation.superadmin_only', 'access.flag_missing', 'bulk_job.not_found'],
    async handle({ caller, params }) {
      const job = await getClientChange(deps.seeing, { caller, id: params.requestId })
      const href = progressUrl(deps, job)
      return { status: 200, headers: progressLink(href), body: { link: { rel: 'self', href }, ...toProgress(job) } }
    },
  })
}

function changeOf(body: Partial<Record<ClientAct, { readonly href: string }>>, baseUrl: string): ClientChange {
  const [act, ...more] = CLIENT_ACTS.filter((name) => body[name])
  const link = act && body[act]
  if (!link || more.length > 0) throw clientChangeErrors.not_one_act()
  const clientId = findClientId(link.href, baseUrl)
  if (clientId === undefined) throw companyClientErrors.bad_link([link.href])
  return { act, clientId }
}

function progressUrl({ baseUrl }: BulkClientsDeps, { id }: BulkJob): string {
  return `${baseUrl}${ORDERS}/progress/${id}`
}

function progressLink(href: string) {
  return { link: `<${href}>;rel="progress"` }
}

function toProgress({ state, total, done, changed, failed, startedAt, finishedAt }: BulkJob) {
  const times = { startedAt: startedAt.toISOString(), finishedAt: finishedAt?.toISOString() }
  return { status: state, total, done, changed, failed, ...times }
}
