import { DataSourceTestBody, DataSourceTestDto, entryEnvelope, entryParams } from '@portreeve/contract'
import type { TSchema } from 'typebox'
import { mountRoutes, TEAM_SERVER_ROOTS } from '../../../platform/http/mount-routes.ts'
import { defineRoute, type Route } from '../../../platform/http/route.ts'
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
      'login_credential.no_secret',
      'database_probe.busy',
      'envelope.not_authentic',
      'master_key.missing',
      'master_key.unusable',
      'master_key.bad_form',
      'master_key.wrong',
      'master_key.damaged',
      'key_ring.no_service',
      'key_command.failed',
      'key_command.busy',
    ],
    handle: async ({ caller, requestId, params: { id }, body: { loginCredentials: credential } }) => ({
      status: 200,
      body: { testConnection: await testDataSource(deps, { caller, requestId, dataSource: id, credential }) },
    }),
  })
  return mountRoutes(TEAM_SERVER_ROOTS, [route])
}
