import { ConnectorDto, ConnectorStateSchema } from '@portreeve/contract'
import { Type } from 'typebox'
import type { UserId } from '../../kernel/ids.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type ChangeConnectorDeps, changeConnector, deleteConnector } from './change-connector.ts'
import type { Connector } from './connector.ts'
import { CONNECTOR_SORTS } from './connector-store.ts'
import { type GetConnectorDeps, getConnector, type ListConnectorsDeps, listConnectors } from './list-connectors.ts'

export type ConnectorsDeps = ListConnectorsDeps & GetConnectorDeps & ChangeConnectorDeps

const Time = Type.String({ format: 'date-time' })

/** As members of the list's query and of the filter of a bulk change. */
export const FilterFields = {
  user_id: Type.Optional(Type.String({ format: 'uuid' })),
  connector_state: Type.Optional(ConnectorStateSchema),
  client_id: Type.Optional(Type.String()),
  last_used_before: Type.Optional(
    Type.String({ format: 'date-time', description: 'One never used counts as used when it was created' }),
  ),
  last_used_after: Type.Optional(Time),
}

interface FilterQuery {
  readonly user_id?: string
  readonly connector_state?: Connector['state']
  readonly client_id?: string
  readonly last_used_before?: string
  readonly last_used_after?: string
}

export function toFilter(query: FilterQuery) {
  return {
    // Checked by the schema.
    userId: query.user_id?.toLowerCase() as UserId | undefined,
    state: query.connector_state,
    clientId: query.client_id,
    lastUsedBefore: toDate(query.last_used_before),
    lastUsedAfter: toDate(query.last_used_after),
  }
}

function toDate(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text)
}

const COMMON = { dialect: 'admin', access: 'signed-in', formats: 'json' } as const
const ONE = { ...COMMON, url: '/v1/admin/connectors/{connector_id}/' } as const
// Taken as text: the seed calls it a string here and a number there, and answers 404 to what names no connector.
const ONES_PARAMS = Type.Object({ connector_id: Type.String() })
const CHANGE_ERRORS = [
  'access.flag_missing',
  'organisation.other',
  'organisation.target_disabled',
  'connector.not_found',
  'connector.wrong_state',
  'connector.changed_meanwhile',
]

/** Teamwire's interface: PUT and DELETE as it documents them, answered without a body. */
export function connectorsRoutes(deps: ConnectorsDeps): Route[] {
  return [listRoute(deps), getRoute(deps), changeRoute(deps), deleteRoute(deps)]
}

function listRoute(deps: ListConnectorsDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: '/v1/admin/connectors/',
    name: 'listConnectors',
    summary: 'List the connectors of the organisation',
    permission: 'allow_view_users or allow_modify_users',
    query: Type.Object({
      ...FilterFields,
      sort: Type.Enum([...CONNECTOR_SORTS], { default: 'connector_id' }),
      descending: Type.Boolean({ default: false }),
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
      page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    }),
    answers: {
      200: {
        description: 'One page',
        schema: Type.Object({
          connectors: Type.Array(ConnectorDto),
          page: Type.Integer(),
          page_size: Type.Integer(),
          total: Type.Integer(),
        }),
      },
    },
    errors: ['access.flag_missing'],
    async handle({ caller, query }) {
      const { page, page_size } = query
      const sort = { field: query.sort, ascending: !query.descending }
      const filter = toFilter(query)
      const { items, total } = await listConnectors(deps, {
        caller,
        filter,
        sort,
        pageNumber: page,
        pageSize: page_size,
      })
      return { status: 200, body: { connectors: items.map(toBody), page, page_size, total } }
    },
  })
}

function getRoute(deps: GetConnectorDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'GET',
    name: 'getConnector',
    summary: 'Get a connector',
    permission: 'allow_view_users or allow_modify_users; a superadmin for those of other organisations',
    params: ONES_PARAMS,
    answers: { 200: { description: 'The connector', schema: ConnectorDto } },
    errors: ['access.flag_missing', 'organisation.other', 'connector.not_found'],
    handle: async ({ caller, params }) => ({
      status: 200,
      body: toBody(await getConnector(deps, { caller, id: params.connector_id })),
    }),
  })
}

function changeRoute(deps: ChangeConnectorDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'PUT',
    name: 'changeConnector',
    summary: 'Enable a connector, lock it, or order it to be wiped',
    permission:
      'allow_modify_users; a superadmin for those of other organisations; to wipe, a session that began or was renewed within ten minutes',
    params: ONES_PARAMS,
    // The state is a text here, so that who may not change connectors at all hears of that first.
    body: Type.Object(
      { connector_state: Type.String({ description: 'Enabled, Disabled or Wipe' }) },
      { additionalProperties: false },
    ),
    answers: { 200: { description: 'It is in that state', schema: null } },
    errors: [...CHANGE_ERRORS, 'connector.bad_state', 'sign_in.reauthenticate'],
    async handle({ caller, requestId, params, body }) {
      await changeConnector(deps, { caller, requestId, id: params.connector_id, state: body.connector_state })
      return { status: 200 }
    },
  })
}

function deleteRoute(deps: ChangeConnectorDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'DELETE',
    name: 'deleteConnector',
    summary: 'Delete a connector that is Pending, Disabled or Wiped',
    permission: 'allow_modify_users; a superadmin for those of other organisations',
    params: ONES_PARAMS,
    answers: { 200: { description: 'It is gone', schema: null } },
    errors: CHANGE_ERRORS,
    async handle({ caller, requestId, params }) {
      await deleteConnector(deps, { caller, requestId, id: params.connector_id })
      return { status: 200 }
    },
  })
}

function toBody(connector: Connector) {
  return {
    connector_id: connector.id,
    connector_state: connector.state,
    user_id: connector.userId,
    username: connector.username,
    organisation_id: connector.organisation,
    client_id: connector.clientId,
    device_name: connector.deviceName,
    platform: connector.platform,
    app_version: connector.appVersion,
    created_by: connector.createdBy,
    created_at: connector.createdAt.toISOString(),
    last_used_at: connector.lastUsedAt?.toISOString(),
    state_changed_at: connector.stateChangedAt.toISOString(),
    state_changed_by: connector.stateChangedBy,
    wipe_ordered_at: connector.wipeOrderedAt?.toISOString(),
    wipe_confirmed_at: connector.wipeConfirmedAt?.toISOString(),
  }
}
