import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Route } from '../route.ts'
import { sampleRoutes } from '../testing/sample-api.ts'
import { buildApiDocument } from './openapi.ts'

interface Described {
  readonly description: string
  readonly content?: object
  readonly headers?: object
}

interface Operation {
  readonly operationId: string
  readonly security: readonly object[]
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly required: boolean; readonly content: object }
  readonly responses: Readonly<Record<string, Described>>
}

function operation(path: string, method: string, routes = sampleRoutes): Operation {
  const options = { routes, baseUrl: 'http://127.0.0.1:8470', version: '1.0.0' }
  const { paths } = buildApiDocument(options) as { paths: Record<string, Record<string, Operation>> }
  const found = paths[path]?.[method]
  assert.ok(found)
  return found
}

test('describes parameters, formats and answers of an operation', () => {
  const create = operation('/api/teams', 'post')
  assert.equal(create.operationId, 'createTeam')
  assert.deepEqual(Object.keys(create.requestBody?.content ?? {}), ['application/json', 'application/xml'])
  assert.deepEqual(Object.keys(create.responses['202']?.content ?? {}), ['application/json', 'application/xml'])
  assert.deepEqual(
    operation('/api/teams/{id}', 'get').parameters.map(({ name, in: place }) => `${name} in ${place}`),
    ['id in path', 'organisation in query'],
  )
})

test('describes every status a request can meet, with its codes', () => {
  const { responses } = operation('/api/teams', 'post')
  assert.deepEqual(Object.keys(responses), ['202', '400', '401', '403', '406', '409', '413', '415', '429', '503'])
  assert.equal(responses['409']?.description, 'sample.taken')
})

test('describes how the versions of a thing are told and asked for, where it has such', () => {
  const shared = {
    dialect: 'teams',
    access: 'signed-in',
    permission: 'anyone',
    formats: 'json',
    versioned: true,
  } as const
  const described = { url: '/api/berth', name: 'berth', summary: 'A berth', handle: async () => ({ status: 200 }) }
  const answers = { 200: { description: 'It.', schema: null } }
  const routes: readonly Route[] = (['GET', 'PUT'] as const).map((method) => ({
    ...shared,
    ...described,
    method,
    answers,
  }))
  const get = operation('/api/berth', 'get', routes)
  const put = operation('/api/berth', 'put', routes)
  assert.deepEqual(Object.keys(get.responses['200']?.headers ?? {}), ['ETag'])
  assert.equal(get.responses['412'], undefined)
  assert.equal(put.responses['412']?.description, 'request.changed_meanwhile')
  assert.equal(put.responses['200']?.headers, undefined)
  const headersOf = ({ parameters }: Operation) => parameters.filter((each) => each.in === 'header')
  assert.deepEqual(headersOf(get), [])
  assert.deepEqual(
    headersOf(put).map(({ name }) => name),
    ['If-Match'],
  )
})

test('asks no credentials for public operations', () => {
  const login = operation('/v1/admin/login/', 'post')
  assert.deepEqual(login.security, [])
  assert.equal(login.responses['401'], undefined)
  assert.equal(login.requestBody?.required, false)
})

test('refuses a route that names an error code nothing declares', () => {
  const [first] = sampleRoutes
  assert.ok(first)
  const routes = [{ ...first, errors: ['sample.unheard_of'] }]
  assert.throws(() => buildApiDocument({ routes, baseUrl: 'http://x', version: '1' }), /listTeams names .*unheard_of/)
})
