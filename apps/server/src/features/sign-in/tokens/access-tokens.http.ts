import { Type } from 'typebox'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import type { AccessToken } from './access-token.ts'
import { type CreateAccessTokenDeps, createAccessToken } from './create-access-token.ts'
import { type DeleteAccessTokenDeps, deleteAccessToken } from './delete-access-token.ts'
import { type ListAccessTokensDeps, listAccessTokens } from './list-access-tokens.ts'

export type AccessTokensDeps = CreateAccessTokenDeps & ListAccessTokensDeps & DeleteAccessTokenDeps

const Time = Type.String({ format: 'date-time' })
const facts = {
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  createdAt: Time,
  lastUsedAt: Type.Optional(Time),
  expiresAt: Type.Optional(Time),
}

/** Everyone's own personal access tokens. */
export function accessTokensRoutes(deps: AccessTokensDeps): Route[] {
  return [listRoute(deps), createRoute(deps), deleteRoute(deps)]
}

function listRoute(deps: ListAccessTokensDeps): Route {
  return defineRoute({
    method: 'GET',
    url: '/api/tokens',
    dialect: 'teams',
    name: 'listAccessTokens',
    summary: 'List the personal access tokens of the caller, without their secrets',
    access: 'signed-in',
    permission: 'anyone, for their own',
    formats: 'json',
    query: Type.Object({
      pageNumber: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
      pageSize: Type.Integer({ minimum: 1, maximum: 1000, default: 20 }),
    }),
    answers: {
      200: {
        description: 'One page, in the order they were made',
        schema: Type.Object({
          pageNumber: Type.Integer(),
          pageSize: Type.Integer(),
          totalResults: Type.Integer(),
          totalPages: Type.Integer(),
          DTOs: Type.Array(Type.Object(facts)),
        }),
      },
    },
    async handle({ caller, query: { pageNumber, pageSize } }) {
      const { items, total } = await listAccessTokens(deps, { caller, pageNumber, pageSize })
      const totalPages = Math.ceil(total / pageSize)
      return { status: 200, body: { pageNumber, pageSize, totalResults: total, totalPages, DTOs: items.map(toBody) } }
    },
  })
}

function createRoute(deps: CreateAccessTokenDeps): Route {
  return defineRoute({
    method: 'POST',
    url: '/api/tokens',
    dialect: 'teams',
    name: 'createAccessToken',
    summary: 'Make a personal access token; its secret is shown this once',
    access: 'signed-in',
    permission: 'anyone, for themselves',
    formats: 'json',
    body: Type.Object({ name: Type.String(), expiresAt: Type.Optional(Time) }),
    answers: {
      201: { description: 'The token', schema: Type.Object({ ...facts, token: Type.String() }) },
    },
    errors: [
      'access_token.bad_name',
      'access_token.bad_expiry',
      'access_token.outlives',
      'access_token.name_taken',
      'access_token.too_many',
      'access.by_app',
    ],
    async handle({ caller, requestId, body: { name, expiresAt } }) {
      const made = await createAccessToken(deps, { caller, requestId, name, expiresAt })
      return { status: 201, body: { ...toBody(made), token: made.token } }
    },
  })
}

function deleteRoute(deps: DeleteAccessTokenDeps): Route {
  return defineRoute({
    method: 'DELETE',
    url: '/api/tokens/{id}',
    dialect: 'teams',
    name: 'deleteAccessToken',
    summary: 'Delete a personal access token of the caller: it is refused from now on',
    access: 'signed-in',
    permission: 'anyone, for their own',
    formats: 'json',
    params: Type.Object({ id: Type.String() }),
    answers: { 204: { description: 'It is gone', schema: null } },
    errors: ['access_token.not_found', 'access.by_app'],
    async handle({ caller, requestId, params: { id } }) {
      await deleteAccessToken(deps, { caller, requestId, id })
      return { status: 204 }
    },
  })
}

function toBody({ id, name, createdAt, lastUsedAt, expiresAt }: AccessToken) {
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString(),
    expiresAt: expiresAt?.toISOString(),
  }
}
