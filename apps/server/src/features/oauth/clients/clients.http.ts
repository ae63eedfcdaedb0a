import { Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { type ChangeClientDeps, changeClient, rotateSecret, switchClient } from './change-client.ts'
import { AUTH_METHODS, type ClientApplication, GRANT_TYPES } from './client-application.ts'
import { MOST_REDIRECT_URIS } from './client-metadata.ts'
import { type CreateClientDeps, createClient } from './create-client.ts'
import { type DeleteClientDeps, deleteClient } from './delete-client.ts'
import { getClient, listClients, type ReadClientsDeps } from './list-clients.ts'

interface Below {
  /** Clients are below it. */
  readonly baseUrl: string
}

export type ClientsDeps = ReadClientsDeps & CreateClientDeps & ChangeClientDeps & DeleteClientDeps & Below

/** In the names of RFC 7591, 2, with its defaults; `organisation` is ours. */
const MetadataBody = Type.Object(
  {
    client_name: Type.String(),
    redirect_uris: Type.Optional(
      Type.Array(Type.String(), {
        description: `Compared exactly; https, loopback, or of a public client its own scheme. ${MOST_REDIRECT_URIS} at the most`,
      }),
    ),
    grant_types: Type.Optional(
      Type.Array(Type.Enum([...GRANT_TYPES]), { description: 'authorization_code unless set' }),
    ),
    token_endpoint_auth_method: Type.Optional(
      Type.Enum([...AUTH_METHODS], { description: 'client_secret_basic unless set; none for a public client' }),
    ),
    organisation: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2_147_483_647,
        description: 'Of a client with client_credentials: whose it is',
      }),
    ),
  },
  { additionalProperties: false },
)

const facts = {
  client_id: Type.String(),
  client_name: Type.String(),
  redirect_uris: Type.Array(Type.String()),
  grant_types: Type.Array(Type.String()),
  token_endpoint_auth_method: Type.String(),
  organisation: Type.Optional(Type.Integer()),
  user_id: Type.Optional(
    Type.String({ format: 'uuid', description: 'The user that it acts as with client_credentials' }),
  ),
  enabled: Type.Boolean({ description: 'False: disabled for everyone' }),
  client_id_issued_at: Type.Integer({ description: 'Seconds since 1970' }),
  created_by: Type.Optional(Type.String({ format: 'uuid', description: 'Absent for one that registered itself' })),
}
const secretFacts = {
  client_secret: Type.String({ description: 'Told this once' }),
  client_secret_expires_at: Type.Integer({ description: '0: it does not expire' }),
}
const ClientBody = Type.Object(facts)
const ClientWithSecretBody = Type.Object({
  ...facts,
  client_secret: Type.Optional(secretFacts.client_secret),
  client_secret_expires_at: Type.Optional(secretFacts.client_secret_expires_at),
})

const COMMON = {
  dialect: 'admin',
  access: 'signed-in',
  formats: 'json',
  permission: 'superadmin with allow_modify_clients',
} as const
const ONE = { ...COMMON, url: '/clients/{client_id}', params: Type.Object({ client_id: Type.String() }) } as const
const VIEW_ERRORS = ['client.superadmin_only', 'access.flag_missing']
const CHANGE_ERRORS = [...VIEW_ERRORS, 'access.by_app', 'client.not_found']

/** Client applications, as superadmins manage them. */
export function clientsRoutes(deps: ClientsDeps): Route[] {
  return [
    listRoute(deps),
    createRoute(deps),
    getRoute(deps),
    changeRoute(deps),
    deleteRoute(deps),
    rotateRoute(deps),
    switchRoute(deps, true),
    switchRoute(deps, false),
  ]
}

function listRoute(deps: ReadClientsDeps): Route {
  return defineRoute({
    ...COMMON,
    method: 'GET',
    url: '/clients',
    name: 'listClients',
    summary: 'List client applications, without their secrets',
    query: Type.Object({
      page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1, description: '1-based' }),
      page_size: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
    }),
    answers: {
      200: {
        description: 'One page, in the order of their names',
        schema: Type.Object({
          clients: Type.Array(ClientBody),
          page: Type.Integer(),
          page_size: Type.Integer(),
          total: Type.Integer(),
        }),
      },
    },
    errors: VIEW_ERRORS,
    async handle({ caller, query: { page, page_size } }) {
      const { items, total } = await listClients(deps, { caller, page, pageSize: page_size })
      return { status: 200, body: { clients: items.map((client) => toBody(client)), page, page_size, total } }
    },
  })
}

function createRoute(deps: CreateClientDeps & Below): Route {
  return defineRoute({
    ...COMMON,
    method: 'POST',
    url: '/clients',
    name: 'createClient',
    summary: 'Make a client application; its secret is told this once',
    body: MetadataBody,
    answers: { 201: { description: 'The client', schema: ClientWithSecretBody } },
    errors: [
      ...VIEW_ERRORS,
      'access.by_app',
      'client.bad_metadata',
      'organisation.not_found',
      'organisation.target_disabled',
    ],
    async handle({ caller, requestId, body }) {
      const { organisation } = body
      const { client, secret } = await createClient(deps, {
        caller,
        requestId,
        organisation,
        metadata: toMetadata(body),
      })
      const location = `${deps.baseUrl}/clients/${client.clientId}`
      return { status: 201, headers: { location }, body: toBody(client, secret) }
    },
  })
}

function getRoute(deps: ReadClientsDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'GET',
    name: 'getClient',
    summary: 'Get a client application, without its secret',
    answers: { 200: { description: 'The client', schema: ClientBody } },
    errors: [...VIEW_ERRORS, 'client.not_found'],
    async handle({ caller, params }) {
      return { status: 200, body: toBody(await getClient(deps, { caller, clientId: params.client_id })) }
    },
  })
}

function changeRoute(deps: ChangeClientDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'PUT',
    name: 'changeClient',
    summary: 'Replace the metadata of a client application; one that becomes confidential is told its secret',
    body: MetadataBody,
    answers: { 200: { description: 'The client as it is now', schema: ClientWithSecretBody } },
    errors: [...CHANGE_ERRORS, 'client.bad_metadata', 'client.fixed'],
    async handle({ caller, requestId, params: { client_id: clientId }, body }) {
      const input = { caller, requestId, clientId, organisation: body.organisation, metadata: toMetadata(body) }
      const { client, secret } = await changeClient(deps, input)
      return { status: 200, body: toBody(client, secret) }
    },
  })
}

function deleteRoute(deps: DeleteClientDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'DELETE',
    name: 'deleteClient',
    summary: 'Delete a client application with its tokens, and take it from every organisation',
    answers: { 204: { description: 'It is gone', schema: null } },
    errors: [...CHANGE_ERRORS, 'admin.last_superadmin'],
    async handle({ caller, requestId, params: { client_id: clientId } }) {
      await deleteClient(deps, { caller, requestId, clientId })
      return { status: 204 }
    },
  })
}

function rotateRoute(deps: ChangeClientDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'POST',
    url: `${ONE.url}/secret`,
    name: 'rotateClientSecret',
    summary: 'Give a client application a new secret, told this once; the old one ends',
    answers: {
      200: { description: 'The secret', schema: Type.Object({ client_id: Type.String(), ...secretFacts }) },
    },
    errors: [...CHANGE_ERRORS, 'client.keeps_no_secret'],
    async handle({ caller, requestId, params: { client_id: clientId } }) {
      const { secret } = await rotateSecret(deps, { caller, requestId, clientId })
      return { status: 200, body: { client_id: clientId, ...secretBody(secret) } }
    },
  })
}

function switchRoute(deps: ChangeClientDeps, enabled: boolean): Route {
  const act = enabled ? 'enable' : 'disable'
  return defineRoute({
    ...ONE,
    method: 'POST',
    url: `${ONE.url}/${act}`,
    name: `${act}Client`,
    summary: enabled
      ? 'Let a disabled client application in again'
      : 'Disable a client application for everyone, at once',
    answers: { 200: { description: 'The client as it is now', schema: ClientBody } },
    errors: CHANGE_ERRORS,
    async handle({ caller, requestId, params: { client_id: clientId } }) {
      return { status: 200, body: toBody(await switchClient(deps, { caller, requestId, clientId, enabled })) }
    },
  })
}

interface SentBody {
  readonly client_name: string
  readonly redirect_uris?: readonly string[]
  readonly grant_types?: readonly string[]
  readonly token_endpoint_auth_method?: string
}

function toMetadata({ client_name, redirect_uris, grant_types, token_endpoint_auth_method }: SentBody) {
  return {
    name: client_name,
    redirectUris: redirect_uris,
    grantTypes: grant_types,
    tokenEndpointAuthMethod: token_endpoint_auth_method,
  }
}

function toBody(client: ClientApplication, secret?: string) {
  return {
    client_id: client.clientId,
    client_name: client.name,
    redirect_uris: client.redirectUris,
    grant_types: client.grantTypes,
    token_endpoint_auth_method: client.tokenEndpointAuthMethod,
    organisation: client.actsAs?.organisation,
    user_id: client.actsAs?.userId,
    enabled: client.enabled,
    client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
    created_by: client.createdBy,
    ...secretBody(secret),
  }
}

/** RFC 7591, 3.2.1. */
function secretBody(secret: string | undefined) {
  return secret === undefined ? {} : { client_secret: secret, client_secret_expires_at: 0 }
}
