import { DataSourceTestBody, DataSourceTestDto, entryEnvelope, entryParams } from '@portreeve/contract'
import type { TSchema } from 'typebox'
import { mountRoutes, TEAM_SERVER_ROOTS } from '../../../platform/http/mount-routes.ts'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
import { OPENING_ERRORS } from '../secret-errors.ts'
import { type TestDataSourceDeps, testDataSource } from './test-data-source.ts'

const PARAMS = entryParams('id')

/** Trying whether a data source lets an account in. */
export function testDataSourceRoutes(deps: TestDataSourceDeps): Route[] {
  const route = defineRoute<typeof PARAMS, TSchema, typeof DataSourceTestBody>({
    dialect: 'data-sources',
    access: 'signed-in',
    formats: 'json',
    method: 'POST',
    url: '/datasources/{id}/testConnection',
    name: 'testDataSource',
    summary: 'Log in to a data source with login credentials that are linked to it',
    permission: 'whoever could check these login credentials out',
    params: PARAMS,
    body: DataSourceTestBody,
    answers: {
      200: {
        description: 'What became of it within 5 seconds; a failure is a result, too.',
        schema: entryEnvelope('testConnection', DataSourceTestDto),
      },
    },
    errors: [
      'data_source.not_found',
      'login_credential.not_yours',
      'login_credential.by_app',
      'login_credential.not_for',
      'login_credential.field_required',
      'login_credential.no_secret',
      'login_credential.too_many_tests',
      'database_probe.busy',
      ...OPENING_ERRORS,
    ],
    async handle({ caller, requestId, params: { id }, body: { loginCredentials: credential, reason } }) {
      const testConnection = await testDataSource(deps, { caller, requestId, dataSource: id, credential, reason })
      return { status: 200, body: { testConnection } }
    },
  })
  return mountRoutes(TEAM_SERVER_ROOTS, [route])
}
