import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildApiDocument } from './openapi.ts'
import { sampleRoutes } from './testing/sample-api.ts'

interface Operation {
  readonly operationId: string
  readonly security: readonly object[]
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly required: boolean; readonly content: object }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>
}

function operation(path: string, method: string): Operation {
  const options = { routes: sampleRoutes, baseUrl: 'http://127.0.0.1:8470', version: '1.0.0' }
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
