import { BulkJobDto, BulkWait } from '@portreeve/contract'
import { Type } from 'typebox'
import { defineErrors } from '../../kernel/errors.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type AwaitBulkJobDeps, awaitBulkJob, toBulkJobDto } from '../bulk-jobs/index.ts'
import { type ConnectorAct, parseRequestedState } from './connector.ts'
import { FilterFields, toFilter } from './connectors.http.ts'
import {
  MOST_IDS,
  type OrderConnectorChangesDeps,
  orderConnectorChanges,
  type Selection,
} from './order-connector-changes.ts'

export type BulkChangeDeps = OrderConnectorChangesDeps & { readonly waiting: AwaitBulkJobDeps }

const bulkErrors = defineErrors('connector_bulk', {
  bad_selection: { kind: 'invalid', message: () => 'Send either connector_ids or filter.' },
  bad_act: { kind: 'invalid', message: () => 'Send either connector_state or delete: true.' },
})

const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
const BulkBody = Type.Object(
  {
    connector_ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: MOST_IDS })),
    filter: Type.Optional(
      Type.Object(FilterFields, {
        additionalProperties: false,
        description: 'All that match when their turn comes, of those there are now',
      }),
    ),
    connector_state: Type.Optional(Type.String({ description: 'Enabled, Disabled or Wipe' })),
    delete: Type.Optional(Type.Literal(true)),
    dry_run: Type.Optional(Type.Boolean({ description: 'Change nothing, and say what would be' })),
  },
  { additionalProperties: false },
)

/** Changes of many connectors. */
export function bulkChangeRoute(deps: BulkChangeDeps): Route {
  return defineRoute({
    dialect: 'admin',
    access: 'signed-in',
    formats: 'json',
    method: 'POST',
    url: '/v1/admin/connectors/bulk/',
    name: 'changeConnectors',
    summary: 'Change or delete any number of connectors, each as if it were the only one, as a bulk job',
    permission:
      'allow_modify_users; to wipe, a session that began or was renewed within ten minutes; a filter selects in the organisation acted on',
    query: Type.Object({ wait: BulkWait }),
    body: BulkBody,
    answers: { 200: { description: 'The job: its results say what became of each', schema: BulkJobDto } },
    errors: [
      'access.flag_missing',
      'connector_bulk.bad_selection',
      'connector_bulk.bad_act',
      'connector.bad_state',
      'sign_in.reauthenticate',
    ],
    async handle({ caller, requestId, body, query, signal }) {
      const selected = { selection: selectionOf(body), act: actOf(body), dryRun: body.dry_run ?? false }
      const job = await orderConnectorChanges(deps, { caller, requestId, ...selected })
      const seen = await awaitBulkJob(deps.waiting, job, { forMs: query.wait * 1000, signal })
      return { status: 200, body: toBulkJobDto(seen) }
    },
  })
}

function selectionOf({
  connector_ids,
  filter,
}: Pick<Type.Static<typeof BulkBody>, 'connector_ids' | 'filter'>): Selection {
  if (connector_ids && !filter) return { ids: connector_ids }
  if (filter && !connector_ids) return { filter: toFilter(filter) }
  throw bulkErrors.bad_selection()
}

function actOf(body: Pick<Type.Static<typeof BulkBody>, 'connector_state' | 'delete'>): ConnectorAct {
  const { connector_state: state, delete: isDelete } = body
  if (isDelete && state === undefined) return 'delete'
  if (state !== undefined && !isDelete) return parseRequestedState(state)
  throw bulkErrors.bad_act()
}
