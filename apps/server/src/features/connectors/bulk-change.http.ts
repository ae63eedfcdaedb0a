import { Type } from 'typebox'
import { defineErrors } from '../../kernel/errors.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import {
  type ChangeConnectorsDeps,
  changeConnectors,
  type ItemResult,
  MOST_AT_ONCE,
  type Selection,
} from './change-connectors.ts'
import { type ConnectorAct, parseRequestedState } from './connector.ts'
import { FilterFields, toFilter } from './connectors.http.ts'

const bulkErrors = defineErrors('connector_bulk', {
  bad_selection: { kind: 'invalid', message: () => 'Send either connector_ids or filter.' },
  bad_act: { kind: 'invalid', message: () => 'Send either connector_state or delete: true.' },
})

const MAX_ID = 2_147_483_647
const Id = Type.Integer({ minimum: 1, maximum: MAX_ID })
const Filter = Type.Object(
  {
    ...FilterFields,
    after: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_ID, description: 'next_after of the answer before' })),
  },
  { additionalProperties: false, description: `The first ${MOST_AT_ONCE} that match, by their ids` },
)

const BulkBody = Type.Object(
  {
    connector_ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: MOST_AT_ONCE })),
    filter: Type.Optional(Filter),
    connector_state: Type.Optional(Type.String({ description: 'Enabled, Disabled or Wipe' })),
    delete: Type.Optional(Type.Literal(true)),
  },
  { additionalProperties: false },
)

const BulkAnswer = Type.Object({
  results: Type.Array(
    Type.Object({
      connector_id: Type.Integer(),
      outcome: Type.Enum(['changed', 'unchanged', 'deleted', 'refused']),
      error: Type.Optional(Type.String({ description: 'Why it was refused: an error code' })),
      message: Type.Optional(Type.String()),
    }),
  ),
  next_after: Type.Optional(Type.Integer({ description: 'Present when more may match: send it as filter.after' })),
})

/** Changes of many connectors. */
export function bulkChangeRoute(deps: ChangeConnectorsDeps): Route {
  return defineRoute({
    dialect: 'admin',
    access: 'signed-in',
    formats: 'json',
    method: 'POST',
    url: '/v1/admin/connectors/bulk/',
    name: 'changeConnectors',
    summary: `Change or delete up to ${MOST_AT_ONCE} connectors, each as if it were the only one`,
    permission:
      'allow_modify_users; to wipe, a session that began or was renewed within ten minutes; a filter selects in the organisation acted on',
    body: BulkBody,
    answers: { 200: { description: 'What became of each', schema: BulkAnswer } },
    errors: [
      'access.flag_missing',
      'connector_bulk.bad_selection',
      'connector_bulk.bad_act',
      'connector.bad_state',
      'sign_in.reauthenticate',
    ],
    async handle({ caller, requestId, body }) {
      const input = { caller, requestId, selection: selectionOf(body), act: actOf(body) }
      const { results, nextAfter } = await changeConnectors(deps, input)
      return { status: 200, body: { results: results.map(toItem), next_after: nextAfter } }
    },
  })
}

function selectionOf({
  connector_ids,
  filter,
}: Pick<Type.Static<typeof BulkBody>, 'connector_ids' | 'filter'>): Selection {
  if (connector_ids && !filter) return { ids: connector_ids }
  if (filter && !connector_ids) return { filter: toFilter(filter), after: filter.after ?? 0 }
  throw bulkErrors.bad_selection()
}

function actOf(body: Pick<Type.Static<typeof BulkBody>, 'connector_state' | 'delete'>): ConnectorAct {
  const { connector_state: state, delete: isDelete } = body
  if (isDelete && state === undefined) return 'delete'
  if (state !== undefined && !isDelete) return parseRequestedState(state)
  throw bulkErrors.bad_act()
}

function toItem({ id, outcome, error }: ItemResult) {
  return { connector_id: id, outcome, ...(error && { error: error.code, message: error.message }) }
}
