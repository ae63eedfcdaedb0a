import {
  entryEnvelope,
  entryList,
  entryListFields,
  entryParams,
  LoginCredentialBody,
  LoginCredentialChangeBody,
  LoginCredentialDto,
  LoginCredentialListQuery,
  OkAnswer,
} from '@portreeve/contract'
import { type Static, type TSchema, Type } from 'typebox'
import type { Clock } from '../../kernel/clock.ts'
import { mountRoutes, TEAM_SERVER_ROOTS } from '../../platform/http/mount-routes.ts'
import { defineRoute, type Route } from '../../platform/http/route.ts'
import {
  dataSourceErrors,
  listMetadata,
  OK_ANSWER,
  readEntryFilter,
  type StewardshipReads,
  versionOfEntry,
} from '../data-sources/index.ts'
import { type ChangeCredentialDeps, changeCredential } from './change-credential.ts'
import { type CreateCredentialDeps, createCredential } from './create-credential.ts'
import { type Credential, credentialErrors } from './credential.ts'
import { credentialAnswer } from './credential-answer.ts'
import type { CredentialQuery, CredentialReadModel, CredentialStore } from './credential-store.ts'
import { type DeleteCredentialDeps, deleteCredential } from './delete-credential.ts'
import { SEALING_ERRORS } from './secret-errors.ts'

interface ReadDeps {
  readonly clock: Clock
  readonly credentials: Pick<CredentialStore, 'find'>
  readonly credentialLists: CredentialReadModel
  readonly stewardship: Pick<StewardshipReads, 'standingTo'>
}

export type CredentialsDeps = ReadDeps & CreateCredentialDeps & ChangeCredentialDeps & DeleteCredentialDeps

const COMMON = { dialect: 'data-sources', access: 'signed-in', formats: 'json' } as const
const EDITORS = 'allow_modify_datasources, whoever made them, or a steward of a data source they are linked to'
const ListQuery = Type.Object(entryListFields)
const ONE = entryEnvelope('logincredentials', LoginCredentialDto)
const LIST = entryList({ logincredentials: LoginCredentialDto })
const FILTERED_LIST = entryList(
  { logincredentials: LoginCredentialDto },
  { stale: Type.Optional(Type.Boolean({ description: 'As asked for.' })) },
)
const PARAMS = entryParams('id')
const EDIT_ERRORS = ['login_credential.not_found', 'login_credential.not_yours']
const BODY_ERRORS = ['entry.bad_name', 'entry.name_taken', 'login_credential.field_required']

/** ER/Studio Team Server's login credentials, at both of its roots (seed: Login Credential API). */
export function credentialsRoutes(deps: CredentialsDeps): Route[] {
  return mountRoutes(TEAM_SERVER_ROOTS, [
    listRoute(deps),
    listOfDataSourceRoute(deps),
    getRoute(deps),
    createRoute(deps),
    changeRoute(deps),
    deleteRoute(deps),
  ])
}

function listRoute(deps: ReadDeps): Route {
  return defineRoute<TSchema, typeof LoginCredentialListQuery, TSchema>({
    ...COMMON,
    method: 'GET',
    url: '/logincredentials',
    name: 'listLoginCredentials',
    summary: 'List login credentials',
    permission: 'anybody of the organisation',
    query: LoginCredentialListQuery,
    answers: { 200: { description: 'A page of them, by name', schema: FILTERED_LIST } },
    handle: async ({ caller: { organisation }, query }) => {
      const staleAt = query.stale ? deps.clock.now() : undefined
      return { status: 200, body: await list(deps, { organisation, staleAt }, query) }
    },
  })
}

function listOfDataSourceRoute(deps: ReadDeps): Route {
  return defineRoute<typeof PARAMS, typeof ListQuery, TSchema>({
    ...COMMON,
    method: 'GET',
    url: '/datasources/{id}/logincredentials',
    name: 'listLoginCredentialsOfDataSource',
    summary: 'List the login credentials that are linked to a data source',
    permission: 'anybody of the organisation',
    params: PARAMS,
    query: ListQuery,
    answers: { 200: { description: 'A page of them, by name', schema: LIST } },
    errors: ['data_source.not_found'],
    handle: async ({ caller, params: { id }, query }) => {
      if (!(await deps.stewardship.standingTo(caller, id))) throw dataSourceErrors.not_found(id)
      const { organisation } = caller
      return { status: 200, body: await list(deps, { organisation, dataSource: id }, query) }
    },
  })
}

function getRoute(deps: ReadDeps): Route {
  return defineRoute<typeof PARAMS, TSchema, TSchema>({
    ...COMMON,
    method: 'GET',
    url: '/logincredentials/{id}',
    name: 'getLoginCredentials',
    summary: 'Get login credentials; when and by whom the password was set, never the password',
    permission: 'anybody of the organisation',
    params: PARAMS,
    answers: { 200: { description: 'The login credentials', schema: ONE } },
    errors: ['login_credential.not_found'],
    versioned: true,
    handle: async ({ caller, params: { id } }) => {
      const credential = await deps.credentials.find(caller.organisation, id)
      if (!credential) throw credentialErrors.not_found(id)
      return { ...toAnswer(credential), version: versionOfEntry(credential) }
    },
  })
}

function createRoute(deps: CreateCredentialDeps): Route {
  return defineRoute<TSchema, TSchema, typeof LoginCredentialBody>({
    ...COMMON,
    method: 'POST',
    url: '/logincredentials',
    name: 'createLoginCredentials',
    summary: 'Store an account for data sources',
    permission: 'allow_modify_datasources, or a steward of any data source or group',
    body: LoginCredentialBody,
    answers: { 200: { description: 'The new login credentials', schema: ONE } },
    errors: ['login_credential.not_yours', ...BODY_ERRORS, ...SEALING_ERRORS],
    handle: async ({ caller, requestId, body: { password, ...fields } }) =>
      toAnswer(await createCredential(deps, { caller, requestId, fields, password })),
  })
}

function changeRoute(deps: ChangeCredentialDeps): Route {
  return defineRoute<typeof PARAMS, TSchema, typeof LoginCredentialChangeBody>({
    ...COMMON,
    method: 'PUT',
    url: '/logincredentials/{id}',
    name: 'changeLoginCredentials',
    summary: 'Change the fields of login credentials that are sent',
    permission: EDITORS,
    params: PARAMS,
    body: LoginCredentialChangeBody,
    answers: { 200: { description: 'The login credentials as they are now', schema: ONE } },
    errors: [...EDIT_ERRORS, 'entry.other_id', ...BODY_ERRORS, ...SEALING_ERRORS],
    versioned: true,
    handle: async ({ caller, requestId, params: { id }, ifMatch, body }) => {
      const { name, username, trusted, trustedHost, role, description, status, aliases, abbreviations, userData } = body
      const texts = { description, status, aliases, abbreviations, userData }
      const fields = { name, username, trusted, trustedHost, role, ...texts }
      const { id: namedId, password } = body
      return toAnswer(await changeCredential(deps, { caller, requestId, id, ifMatch, namedId, fields, password }))
    },
  })
}

function deleteRoute(deps: DeleteCredentialDeps): Route {
  return defineRoute<typeof PARAMS, TSchema, TSchema>({
    ...COMMON,
    method: 'DELETE',
    url: '/logincredentials/{id}',
    name: 'deleteLoginCredentials',
    summary: 'Delete login credentials and their password',
    permission: EDITORS,
    params: PARAMS,
    answers: { 200: { description: 'They are gone', schema: OkAnswer } },
    errors: EDIT_ERRORS,
    versioned: true,
    handle: async ({ caller, requestId, params: { id }, ifMatch }) => {
      await deleteCredential(deps, { caller, requestId, id, ifMatch })
      return { status: 200, body: OK_ANSWER }
    },
  })
}

async function list(
  { credentialLists }: ReadDeps,
  which: Omit<CredentialQuery, 'filter'>,
  query: Static<typeof ListQuery>,
) {
  const { items, total } = await credentialLists.list({ ...which, filter: readEntryFilter(query) })
  return { metadata_: listMetadata(query, total), logincredentials: items.map(credentialAnswer) }
}

function toAnswer(credential: Credential) {
  return { status: 200, body: { logincredentials: credentialAnswer(credential) } }
}
