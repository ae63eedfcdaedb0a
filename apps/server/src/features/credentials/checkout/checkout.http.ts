import {
  CheckoutBody,
  CheckoutDto,
  CredentialUsageDto,
  entryEnvelope,
  entryListFields,
  entryParams,
} from '@portreeve/contract'
import { type TSchema, Type } from 'typebox'
import { mountRoutes, TEAM_SERVER_ROOTS } from '../../../platform/http/mount-routes.ts'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { personAnswer, toUnixSeconds } from '../../data-sources/index.ts'
import { OPENING_ERRORS } from '../secret-errors.ts'
import { type CheckoutCredentialDeps, checkoutCredential } from './checkout-credential.ts'
import { type CredentialUsageDeps, credentialUsage } from './credential-usage.ts'

export type CheckoutDeps = CheckoutCredentialDeps & CredentialUsageDeps

const COMMON = { dialect: 'data-sources', access: 'signed-in', formats: 'json' } as const
const PARAMS = entryParams('id')
const UsageQuery = Type.Object({ limit: entryListFields.limit, offset: entryListFields.offset })

/** Getting a secret, and who got it. */
export function checkoutRoutes(deps: CheckoutDeps): Route[] {
  return mountRoutes(TEAM_SERVER_ROOTS, [checkoutRoute(deps), usageRoute(deps)])
}

function checkoutRoute(deps: CheckoutCredentialDeps): Route {
  return defineRoute<typeof PARAMS, TSchema, typeof CheckoutBody>({
    ...COMMON,
    method: 'POST',
    url: '/logincredentials/{id}/checkout',
    name: 'checkOutLoginCredentials',
    summary: 'Get the password of login credentials, for a data source they are linked to',
    permission:
      'whoever made the data source, its stewards and those of groups above it, whom a rule lets use it, or allow_modify_datasources',
    params: PARAMS,
    body: CheckoutBody,
    answers: { 200: { description: 'Username and password', schema: entryEnvelope('checkout', CheckoutDto) } },
    errors: [
      'login_credential.not_found',
      'login_credential.not_yours',
      'login_credential.by_app',
      'login_credential.not_linked',
      'login_credential.field_required',
      'login_credential.no_secret',
      'login_credential.too_many',
      'data_source.not_found',
      ...OPENING_ERRORS,
    ],
    handle: async ({ caller, requestId, params: { id }, body: { dataSource, reason } }) => {
      const { at, ...account } = await checkoutCredential(deps, {
        caller,
        requestId,
        credential: id,
        dataSource,
        reason,
      })
      const checkout = { loginCredentials: id, dataSource, ...account, checkedOutAt: toUnixSeconds(at) }
      return { status: 200, body: { checkout } }
    },
  })
}

function usageRoute(deps: CredentialUsageDeps): Route {
  return defineRoute<typeof PARAMS, typeof UsageQuery, TSchema>({
    ...COMMON,
    method: 'GET',
    url: '/logincredentials/{id}/usage',
    name: 'getLoginCredentialsUsage',
    summary: 'Where login credentials are used, by how many people, and when last',
    permission: 'allow_modify_datasources, whoever made them, or a steward of a data source they are linked to',
    params: PARAMS,
    query: UsageQuery,
    answers: {
      200: {
        description: 'What is linked to them, a page of it, and their checkouts',
        schema: Type.Object({
          metadata_: Type.Object({ limit: Type.Integer(), offset: Type.Integer(), totalCount: Type.Integer() }),
          usage: CredentialUsageDto,
        }),
      },
    },
    errors: ['login_credential.not_found', 'login_credential.not_yours'],
    handle: async ({ caller, params: { id }, query }) => {
      const usage = await credentialUsage(deps, { caller, id, ...query })
      const metadata = { ...query, totalCount: usage.dataSources.total }
      return { status: 200, body: { metadata_: metadata, usage: usageAnswer(usage) } }
    },
  })
}

function usageAnswer({ checkouts, users, last, dataSources }: Awaited<ReturnType<typeof credentialUsage>>) {
  return {
    checkouts,
    users,
    ...(last && {
      lastCheckout: { at: toUnixSeconds(last.at), by: personAnswer(last.by), dataSource: last.dataSource },
    }),
    dataSources: dataSources.items.map(({ id, name, checkouts: count, lastAt }) => ({
      id,
      name,
      url: `/v1/datasources/${id}`,
      checkouts: count,
      ...(lastAt && { lastCheckoutAt: toUnixSeconds(lastAt) }),
    })),
  }
}
