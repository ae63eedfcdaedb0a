import {
  DataSourceBody,
  DataSourceChangeBody,
  DataSourceDto,
  DataSourceListQuery,
  entryEnvelope,
  entryId,
  entryList,
  entryParams,
  OkAnswer,
} from '@portreeve/contract'
import { Type } from 'typebox'
import { mountRoutes, TEAM_SERVER_ROOTS } from '../../platform/http/mount-routes.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import { type ChangeDataSourceDeps, changeDataSource } from './change-data-source.ts'
import { type CreateDataSourceDeps, createDataSource } from './create-data-source.ts'
import { DATA_SOURCE_KIND, type DataSource } from './data-source.ts'
import { type DeleteDataSourceDeps, deleteDataSource } from './delete-data-source.ts'
import { entryAnswer, listMetadata, OK_ANSWER, personAnswer, versionOfEntry } from './entries/entry-answer.ts'
import { readEntryFilter } from './entries/entry-text.ts'
import { followRoutes } from './entries/follow.http.ts'
import { COMMON, EDITORS, FIELD_ERRORS, READERS } from './entries/route-terms.ts'
import { type FollowDataSourceDeps, followDataSource } from './follow-data-source.ts'
import { type GetDataSourceDeps, getDataSource, type ListDataSourcesDeps, listDataSources } from './get-data-source.ts'

export type DataSourcesDeps = ListDataSourcesDeps &
  GetDataSourceDeps &
  CreateDataSourceDeps &
  ChangeDataSourceDeps &
  DeleteDataSourceDeps &
  FollowDataSourceDeps

const ALL = { ...COMMON, url: '/datasources' } as const
const ONE = { ...COMMON, url: '/datasources/{id}', params: entryParams('id') } as const
const FOLLOWED = {
  url: '/datasources',
  noun: 'DataSource',
  what: 'a data source',
  notFound: 'data_source.not_found',
} as const
const Envelope = entryEnvelope('datasource', DataSourceDto)
const CREDENTIAL_ERRORS = ['login_credential.not_yours', 'login_credential.unknown_link']
const ACT_ERRORS = ['data_source.not_found', 'entry.not_yours']

/** ER/Studio Team Server's data sources, at both of its roots. */
export function dataSourcesRoutes(deps: DataSourcesDeps): Route[] {
  return mountRoutes(TEAM_SERVER_ROOTS, [
    listRoute(deps),
    getRoute(deps),
    createRoute(deps),
    changeRoute(deps),
    deleteRoute(deps),
    ...followRoutes({
      ...FOLLOWED,
      follow: (act) => followDataSource(deps, act),
    }),
  ])
}

function listRoute(deps: ListDataSourcesDeps): Route {
  const filters = { groupId: Type.Optional(entryId('As asked for.')) }
  return defineRoute({
    ...ALL,
    method: 'GET',
    name: 'listDataSources',
    summary: 'List data sources, by name',
    permission: READERS,
    query: DataSourceListQuery,
    answers: { 200: { description: 'One page', schema: entryList({ datasources: DataSourceDto }, filters) } },
    async handle({ caller, query }) {
      const filter = readEntryFilter(query)
      const { items, total } = await listDataSources(deps, { caller, filter, groupId: query.groupId })
      return { status: 200, body: { metadata_: listMetadata(query, total), datasources: items.map(dataSourceAnswer) } }
    },
  })
}

function getRoute(deps: GetDataSourceDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'GET',
    name: 'getDataSource',
    summary: 'Get a data source',
    permission: READERS,
    answers: { 200: { description: 'The data source', schema: Envelope } },
    errors: ['data_source.not_found'],
    versioned: true,
    async handle({ caller, params: { id } }) {
      const found = await getDataSource(deps, { caller, id })
      return { ...answer(found), version: versionOfEntry(found) }
    },
  })
}

function createRoute(deps: CreateDataSourceDeps): Route {
  return defineRoute({
    ...ALL,
    method: 'POST',
    name: 'createDataSource',
    summary: 'Make a data source',
    permission: 'allow_modify_datasources; in a group also whoever may edit that group',
    body: DataSourceBody,
    answers: { 200: { description: 'The new data source', schema: Envelope } },
    errors: [...FIELD_ERRORS, ...CREDENTIAL_ERRORS],
    async handle({ caller, requestId, body: { stewards, loginCredentials, ...fields } }) {
      return answer(await createDataSource(deps, { caller, requestId, fields, stewards, loginCredentials }))
    },
  })
}

function changeRoute(deps: ChangeDataSourceDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'PUT',
    name: 'changeDataSource',
    summary: 'Change fields of a data source: those that are sent',
    permission: `${EDITORS}; into another group whoever may edit that, too`,
    body: DataSourceChangeBody,
    answers: { 200: { description: 'The data source as it is now', schema: Envelope } },
    errors: [...FIELD_ERRORS, ...CREDENTIAL_ERRORS, 'data_source.not_found', 'entry.other_id'],
    versioned: true,
    async handle({ caller, requestId, params: { id }, ifMatch, body }) {
      const { name, databaseType, host, port, database, description, status, aliases, abbreviations } = body
      const texts = { name, description, status, aliases, abbreviations, userData: body.userData }
      const fields = {
        ...texts,
        databaseType,
        host,
        port,
        database,
        properties: body.properties,
        groupId: body.groupId,
      }
      const { stewards, loginCredentials, isCurrentUserFollowing: isFollowed, id: namedId } = body
      const others = { stewards, loginCredentials, isFollowed, namedId }
      return answer(await changeDataSource(deps, { caller, requestId, id, ifMatch, fields, ...others }))
    },
  })
}

function deleteRoute(deps: DeleteDataSourceDeps): Route {
  return defineRoute({
    ...ONE,
    method: 'DELETE',
    name: 'deleteDataSource',
    summary: 'Delete a data source',
    permission: EDITORS,
    answers: { 200: { description: 'It is gone', schema: OkAnswer } },
    errors: [...ACT_ERRORS, 'data_source.handed_out'],
    versioned: true,
    async handle({ caller, requestId, params: { id }, ifMatch }) {
      await deleteDataSource(deps, { caller, requestId, id, ifMatch })
      return { status: 200, body: OK_ANSWER }
    },
  })
}

function answer(dataSource: DataSource) {
  return { status: 200, body: { datasource: dataSourceAnswer(dataSource) } }
}

/** A data source as the interface shows it. */
export function dataSourceAnswer(dataSource: DataSource) {
  const { databaseType, host, port, database, properties, groupId, isFollowed, stewards } = dataSource
  return {
    ...entryAnswer(DATA_SOURCE_KIND, dataSource),
    databaseType,
    host,
    port,
    database,
    properties,
    groupId,
    isCurrentUserFollowing: isFollowed,
    stewards: stewards.map(personAnswer),
    loginCredentials: dataSource.loginCredentials.map((linked) => ({
      ...linked,
      type: 'Login Credentials',
      url: `/v1/logincredentials/${linked.id}`,
    })),
  }
}
