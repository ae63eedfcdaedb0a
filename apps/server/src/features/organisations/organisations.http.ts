import { Type } from 'typebox'
import { type Answer, defineRoute, type Route } from '../../platform/http/route.ts'
import { type ChangeOrganisationDeps, changeOrganisation } from './change-organisation.ts'
import { type CreateOrganisationDeps, createOrganisation } from './create-organisation.ts'
import { type GetOrganisationDeps, getOrganisation } from './get-organisation.ts'
import { type ListOrganisationsDeps, listOrganisations } from './list-organisations.ts'
import type { Organisation } from './organisation.ts'
import { ORGANISATION_SORTS } from './organisation-store.ts'

export type OrganisationsDeps = ListOrganisationsDeps &
  GetOrganisationDeps &
  CreateOrganisationDeps &
  ChangeOrganisationDeps

const OrganisationBody = Type.Object({
  organisation_id: Type.Integer(),
  name: Type.String(),
  enabled: Type.Boolean(),
  created_at: Type.String({ format: 'date-time' }),
  connector_retention_period: Type.Integer({ description: 'Days; see the retention of connectors' }),
})
const RetentionPeriod = Type.Optional(
  Type.Integer({
    description: '1 to 3650 days: for so long a registered connector is kept that nobody uses. 90 unless set',
  }),
)

/** Teamwire answers 200 to every success, creation included. */
export function organisationsRoutes(deps: OrganisationsDeps): Route[] {
  return [listRoute(deps), getRoute(deps), createRoute(deps), changeRoute(deps)]
}

function listRoute(deps: ListOrganisationsDeps): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/admin/organisations/',
    dialect: 'admin',
    name: 'listOrganisations',
    summary: 'List organisations: all for a superadmin, their own for an admin',
    access: 'signed-in',
    permission: 'allow_view_settings or allow_modify_settings',
    formats: 'json',
    query: Type.Object({
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
      page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
      search: Type.Optional(
        Type.String({ minLength: 1, maxLength: 128, description: 'What the name must contain, whatever the case' }),
      ),
      sort: Type.Union(
        ORGANISATION_SORTS.map((sort) => Type.Literal(sort)),
        { default: 'organisation_id' },
      ),
      descending: Type.Boolean({ default: false }),
    }),
    answers: {
      200: {
        description: 'One page, in the order asked for',
        schema: Type.Object({
          organisations: Type.Array(OrganisationBody),
          page: Type.Integer(),
          page_size: Type.Integer(),
          total: Type.Integer(),
        }),
      },
    },
    errors: ['access.flag_missing'],
    async handle({ caller, query: { page, page_size, search, ...order } }) {
      const asked = { caller, page, pageSize: page_size, search, ...order }
      const { items, total } = await listOrganisations(deps, asked)
      return { status: 200, body: { organisations: items.map(toBody), page, page_size, total } }
    },
  })
}

function getRoute(deps: GetOrganisationDeps): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/admin/organisations/{organisation_id}/',
    dialect: 'admin',
    name: 'getOrganisation',
    summary: 'Get an organisation',
    access: 'signed-in',
    permission: 'allow_view_settings or allow_modify_settings; a superadmin for other organisations',
    formats: 'json',
    params: Type.Object({ organisation_id: Type.String() }),
    answers: { 200: { description: 'The organisation', schema: OrganisationBody } },
    errors: ['access.flag_missing', 'organisation.not_found'],
    async handle({ caller, params }) {
      return toAnswer(await getOrganisation(deps, { caller, id: params.organisation_id }))
    },
  })
}

function createRoute(deps: CreateOrganisationDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/admin/organisations/',
    dialect: 'admin',
    name: 'createOrganisation',
    summary: 'Make an organisation',
    access: 'signed-in',
    permission: 'superadmin with allow_modify_settings',
    formats: 'json',
    body: Type.Object(
      { name: Type.String(), connector_retention_period: RetentionPeriod },
      { additionalProperties: false },
    ),
    answers: { 200: { description: 'The organisation', schema: OrganisationBody } },
    errors: [
      'organisation.superadmin_only',
      'access.flag_missing',
      'organisation.bad_name',
      'organisation.bad_retention_period',
      'organisation.name_taken',
    ],
    async handle({ caller, requestId, body: { name, connector_retention_period: connectorRetentionPeriod } }) {
      return toAnswer(await createOrganisation(deps, { caller, requestId, name, connectorRetentionPeriod }))
    },
  })
}

function changeRoute(deps: ChangeOrganisationDeps): Route {
  return defineRoute({
    method: 'PUT',
    url: '/v1/admin/organisations/{organisation_id}/',
    dialect: 'admin',
    name: 'changeOrganisation',
    summary: 'Rename, enable or disable an organisation, or set how long it keeps unused connectors',
    access: 'signed-in',
    permission: 'superadmin with allow_modify_settings',
    formats: 'json',
    params: Type.Object({ organisation_id: Type.String() }),
    body: Type.Object(
      {
        name: Type.Optional(Type.String()),
        enabled: Type.Optional(Type.Boolean()),
        connector_retention_period: RetentionPeriod,
      },
      { additionalProperties: false },
    ),
    answers: { 200: { description: 'The organisation as it is now', schema: OrganisationBody } },
    errors: [
      'organisation.superadmin_only',
      'access.flag_missing',
      'organisation.bad_name',
      'organisation.bad_retention_period',
      'organisation.name_taken',
      'organisation.not_found',
      'organisation.own',
    ],
    async handle({ caller, requestId, params, body: { connector_retention_period, ...changes } }) {
      const input = { ...changes, caller, requestId, id: params.organisation_id }
      return toAnswer(
        await changeOrganisation(deps, { ...input, connectorRetentionPeriod: connector_retention_period }),
      )
    },
  })
}

function toAnswer(organisation: Organisation): Answer {
  return { status: 200, body: toBody(organisation) }
}

function toBody({ id, name, enabled, createdAt, connectorRetentionPeriod }: Organisation) {
  return {
    organisation_id: id,
    name,
    enabled,
    created_at: createdAt.toISOString(),
    connector_retention_period: connectorRetentionPeriod,
  }
}
